-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Application" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "projectId" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "agent" TEXT NOT NULL DEFAULT 'native',
    "labels" JSONB NOT NULL DEFAULT '{}',
    "repositoryId" UUID NOT NULL,
    "targetRevision" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "renderOptions" JSONB NOT NULL DEFAULT '{}',
    "syncPolicy" JSONB NOT NULL DEFAULT '{}',
    "ignoreRules" JSONB NOT NULL DEFAULT '[]',
    "protected" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApplicationState" (
    "applicationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "projectName" TEXT NOT NULL,
    "clusterId" UUID NOT NULL,
    "clusterName" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "repositoryId" UUID NOT NULL,
    "sync" TEXT NOT NULL DEFAULT 'Unknown',
    "health" TEXT NOT NULL DEFAULT 'Unknown',
    "attention" INTEGER NOT NULL DEFAULT 0,
    "attentionReason" TEXT NOT NULL DEFAULT '',
    "cause" TEXT NOT NULL DEFAULT '',
    "causeFingerprint" TEXT NOT NULL DEFAULT '',
    "causeSince" TIMESTAMPTZ(3),
    "targetSha" TEXT,
    "targetSetId" UUID,
    "deployedSha" TEXT,
    "deployedSetId" UUID,
    "deployedAt" TIMESTAMPTZ(3),
    "deploymentId" UUID,
    "objectCount" INTEGER NOT NULL DEFAULT 0,
    "outOfSyncCount" INTEGER NOT NULL DEFAULT 0,
    "driftCount" INTEGER NOT NULL DEFAULT 0,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "automated" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "errorStep" TEXT,
    "activeOperationId" UUID,
    "digest" TEXT NOT NULL DEFAULT '',
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "searchText" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ApplicationState_pkey" PRIMARY KEY ("applicationId")
);

-- CreateTable
CREATE TABLE "ObjectState" (
    "applicationId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "managed" BOOLEAN NOT NULL,
    "uid" TEXT,
    "ownerUid" TEXT,
    "apiVersion" TEXT NOT NULL,
    "sync" TEXT NOT NULL,
    "health" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "desiredHash" TEXT,
    "liveHash" TEXT,
    "resourceVersion" TEXT,
    "ordinal" INTEGER NOT NULL DEFAULT 0,
    "differences" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ObjectState_pkey" PRIMARY KEY ("applicationId","key")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "targetKind" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "targetName" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "requestId" TEXT NOT NULL,
    "beforeHash" TEXT,
    "afterHash" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "Installation" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Cluster" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "caData" TEXT,
    "tlsServerName" TEXT,
    "insecureSkipTlsVerify" BOOLEAN NOT NULL DEFAULT false,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "access" TEXT NOT NULL DEFAULT 'full',
    "status" TEXT NOT NULL DEFAULT 'unknown',
    "kubernetesVersion" TEXT,
    "lastContactAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "silentSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClusterCredential" (
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ClusterCredential_pkey" PRIMARY KEY ("clusterId")
);

-- CreateTable
CREATE TABLE "Lease" (
    "key" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "fence" BIGINT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Inquiry" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "sealedKeyId" TEXT,
    "sealed" BYTEA,
    "answer" JSONB,
    "error" TEXT,
    "requestedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Inquiry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DriftRecord" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "objectKey" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "manager" TEXT,
    "operation" TEXT,
    "subresource" TEXT,
    "managerTime" TIMESTAMPTZ(3),
    "certain" BOOLEAN NOT NULL DEFAULT true,
    "culprit" TEXT NOT NULL DEFAULT 'unknown',
    "fingerprint" TEXT NOT NULL,
    "revision" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "DriftRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Plan" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'computing',
    "error" TEXT,
    "revision" TEXT,
    "setId" UUID,
    "hash" TEXT,
    "result" JSONB,
    "requestedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),

    CONSTRAINT "Plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Operation" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "planId" UUID,
    "planHash" TEXT,
    "input" JSONB NOT NULL,
    "revision" TEXT,
    "setId" UUID,
    "setDigest" TEXT,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "terminateRequestedAt" TIMESTAMPTZ(3),
    "terminateRequestedBy" TEXT,
    "commitSha" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "appliedAt" TIMESTAMPTZ(3),
    "deadlineAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationObject" (
    "operationId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "wave" INTEGER NOT NULL DEFAULT 0,
    "action" TEXT NOT NULL,
    "result" TEXT NOT NULL DEFAULT 'pending',
    "message" TEXT NOT NULL DEFAULT '',
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OperationObject_pkey" PRIMARY KEY ("operationId","key")
);

-- CreateTable
CREATE TABLE "Deployment" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "operationId" UUID,
    "kind" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "setId" UUID NOT NULL,
    "images" JSONB NOT NULL DEFAULT '[]',
    "actorKind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pin" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "revision" TEXT NOT NULL,
    "setId" UUID NOT NULL,
    "deploymentId" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "ownerName" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "announcedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedHow" TEXT,
    "endedBy" TEXT,

    CONSTRAINT "Pin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimelineEntry" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TimelineEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "invitedBy" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RenderedSet" (
    "id" UUID NOT NULL,
    "inputsKey" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "reads" JSONB NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "objectCount" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RenderedSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RenderedObject" (
    "setId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "blobHash" TEXT NOT NULL,

    CONSTRAINT "RenderedObject_pkey" PRIMARY KEY ("setId","ordinal")
);

-- CreateTable
CREATE TABLE "ManifestBlob" (
    "hash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ManifestBlob_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "LiveSnapshot" (
    "applicationId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "observedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LiveSnapshot_pkey" PRIMARY KEY ("applicationId","key")
);

-- CreateTable
CREATE TABLE "Repository" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "defaultBranch" TEXT,
    "pollIntervalSeconds" INTEGER NOT NULL DEFAULT 120,
    "status" TEXT NOT NULL DEFAULT 'unknown',
    "lastFetchAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "heads" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Repository_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RepositoryCredential" (
    "repositoryId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "webhookKeyId" TEXT,
    "webhookSecret" BYTEA,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RepositoryCredential_pkey" PRIMARY KEY ("repositoryId")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" UUID NOT NULL,
    "repositoryId" UUID NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Revision" (
    "repositoryId" UUID NOT NULL,
    "sha" TEXT NOT NULL,
    "treeHash" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "authorEmail" TEXT NOT NULL,
    "authoredAt" TIMESTAMPTZ(3) NOT NULL,
    "committerName" TEXT NOT NULL,
    "committedAt" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Revision_pkey" PRIMARY KEY ("repositoryId","sha")
);

-- CreateIndex
CREATE UNIQUE INDEX "Project_name_key" ON "Project"("name");

-- CreateIndex
CREATE INDEX "Application_clusterId_idx" ON "Application"("clusterId");

-- CreateIndex
CREATE INDEX "Application_repositoryId_idx" ON "Application"("repositoryId");

-- CreateIndex
CREATE UNIQUE INDEX "Application_projectId_name_key" ON "Application"("projectId", "name");

-- CreateIndex
CREATE INDEX "ApplicationState_attention_name_applicationId_idx" ON "ApplicationState"("attention" DESC, "name", "applicationId");

-- CreateIndex
CREATE INDEX "ApplicationState_name_applicationId_idx" ON "ApplicationState"("name", "applicationId");

-- CreateIndex
CREATE INDEX "ApplicationState_clusterId_idx" ON "ApplicationState"("clusterId");

-- CreateIndex
CREATE INDEX "ApplicationState_changedAt_idx" ON "ApplicationState"("changedAt");

-- CreateIndex
CREATE INDEX "ApplicationState_causeFingerprint_idx" ON "ApplicationState"("causeFingerprint");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_targetKind_targetId_sequence_idx" ON "AuditEvent"("targetKind", "targetId", "sequence" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_sequence_idx" ON "AuditEvent"("actorId", "sequence" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_verb_sequence_idx" ON "AuditEvent"("verb", "sequence" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Cluster_name_key" ON "Cluster"("name");

-- CreateIndex
CREATE INDEX "Inquiry_expiresAt_idx" ON "Inquiry"("expiresAt");

-- CreateIndex
CREATE INDEX "DriftRecord_applicationId_closedAt_idx" ON "DriftRecord"("applicationId", "closedAt");

-- CreateIndex
CREATE INDEX "DriftRecord_firstSeenAt_id_idx" ON "DriftRecord"("firstSeenAt" DESC, "id");

-- CreateIndex
CREATE INDEX "DriftRecord_fingerprint_idx" ON "DriftRecord"("fingerprint");

-- CreateIndex
CREATE INDEX "Plan_applicationId_createdAt_idx" ON "Plan"("applicationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Operation_applicationId_createdAt_idx" ON "Operation"("applicationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Operation_phase_idx" ON "Operation"("phase");

-- CreateIndex
CREATE INDEX "Deployment_applicationId_finishedAt_idx" ON "Deployment"("applicationId", "finishedAt" DESC);

-- CreateIndex
CREATE INDEX "Deployment_finishedAt_idx" ON "Deployment"("finishedAt");

-- CreateIndex
CREATE INDEX "Pin_applicationId_endedAt_idx" ON "Pin"("applicationId", "endedAt");

-- CreateIndex
CREATE INDEX "Pin_expiresAt_idx" ON "Pin"("expiresAt");

-- CreateIndex
CREATE INDEX "TimelineEntry_applicationId_at_idx" ON "TimelineEntry"("applicationId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "RenderedSet_inputsKey_key" ON "RenderedSet"("inputsKey");

-- CreateIndex
CREATE INDEX "RenderedSet_digest_idx" ON "RenderedSet"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "Repository_name_key" ON "Repository"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Repository_url_key" ON "Repository"("url");

-- CreateIndex
CREATE INDEX "WebhookDelivery_repositoryId_receivedAt_idx" ON "WebhookDelivery"("repositoryId", "receivedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "WebhookDelivery_repositoryId_deliveryId_key" ON "WebhookDelivery"("repositoryId", "deliveryId");

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_repositoryId_fkey" FOREIGN KEY ("repositoryId") REFERENCES "Repository"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApplicationState" ADD CONSTRAINT "ApplicationState_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ObjectState" ADD CONSTRAINT "ObjectState_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClusterCredential" ADD CONSTRAINT "ClusterCredential_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftRecord" ADD CONSTRAINT "DriftRecord_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Plan" ADD CONSTRAINT "Plan_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Operation" ADD CONSTRAINT "Operation_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationObject" ADD CONSTRAINT "OperationObject_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deployment" ADD CONSTRAINT "Deployment_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pin" ADD CONSTRAINT "Pin_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RenderedObject" ADD CONSTRAINT "RenderedObject_setId_fkey" FOREIGN KEY ("setId") REFERENCES "RenderedSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RenderedObject" ADD CONSTRAINT "RenderedObject_blobHash_fkey" FOREIGN KEY ("blobHash") REFERENCES "ManifestBlob"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RepositoryCredential" ADD CONSTRAINT "RepositoryCredential_repositoryId_fkey" FOREIGN KEY ("repositoryId") REFERENCES "Repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_repositoryId_fkey" FOREIGN KEY ("repositoryId") REFERENCES "Repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_repositoryId_fkey" FOREIGN KEY ("repositoryId") REFERENCES "Repository"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.

-- One open drift record per field of an object.
CREATE UNIQUE INDEX "DriftRecord_one_open" ON "DriftRecord" ("applicationId", "objectKey", "path") WHERE "closedAt" IS NULL;

-- At most one active operation per application.
CREATE UNIQUE INDEX "Operation_one_active" ON "Operation" ("applicationId") WHERE "phase" IN ('requested', 'running', 'waiting');

-- At most one pin in force per application.
CREATE UNIQUE INDEX "Pin_one_active" ON "Pin" ("applicationId") WHERE "endedAt" IS NULL;

-- The audit is append-only, also for whoever holds the connection.
-- The engine that applies migrations cuts scripts at semicolons, hence \x3b inside the body.
CREATE FUNCTION quarterdeck_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  RAISE EXCEPTION ''audit events are append-only'' USING ERRCODE = ''insufficient_privilege''\x3b
END';
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION quarterdeck_refuse_audit_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION quarterdeck_refuse_audit_change();
REVOKE UPDATE, DELETE, TRUNCATE ON "AuditEvent" FROM PUBLIC;

-- Free-text search of the applications list.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "ApplicationState_search" ON "ApplicationState" USING gin ("searchText" gin_trgm_ops);

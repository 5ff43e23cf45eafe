CREATE TABLE "Suspension" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "ownerName" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "announcedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedHow" TEXT,
    "endedBy" TEXT,

    CONSTRAINT "Suspension_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Suspension_applicationId_endedAt_idx" ON "Suspension"("applicationId", "endedAt");

CREATE INDEX "Suspension_expiresAt_idx" ON "Suspension"("expiresAt");

-- One at a time, whoever asks first
CREATE UNIQUE INDEX "Suspension_open_key" ON "Suspension"("applicationId") WHERE "endedAt" IS NULL;

ALTER TABLE "Suspension" ADD CONSTRAINT "Suspension_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ApplicationState" ADD COLUMN "suspended" BOOLEAN NOT NULL DEFAULT false;

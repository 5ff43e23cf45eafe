CREATE TABLE "HealthRule" (
  "id" UUID NOT NULL,
  "group" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "clauses" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "HealthRule_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "HealthRule_group_kind_key" ON "HealthRule"("group", "kind");

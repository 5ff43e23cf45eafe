ALTER TABLE "OperationObject" ADD COLUMN "phase" TEXT NOT NULL DEFAULT 'Sync';
ALTER TABLE "Operation" ADD COLUMN "failure" TEXT;

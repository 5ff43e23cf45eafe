ALTER TABLE "Application" ADD COLUMN "deletingSince" TIMESTAMPTZ(3);

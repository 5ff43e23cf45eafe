ALTER TABLE "Repository" ADD COLUMN "forge" TEXT;

ALTER TABLE "Operation" ADD COLUMN "pullRequestUrl" TEXT;

-- Written before the first apply, so that a worker that dies right after it leaves an operation to resume and not a stale plan.
ALTER TABLE "Operation" ADD COLUMN "applyingAt" TIMESTAMPTZ(3);

CREATE TABLE "ApplicationDependency" (
    "applicationId" UUID NOT NULL,
    "dependsOnId" UUID NOT NULL,

    CONSTRAINT "ApplicationDependency_pkey" PRIMARY KEY ("applicationId", "dependsOnId")
);

CREATE INDEX "ApplicationDependency_dependsOnId_idx" ON "ApplicationDependency"("dependsOnId");

ALTER TABLE "ApplicationDependency" ADD CONSTRAINT "ApplicationDependency_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ApplicationDependency" ADD CONSTRAINT "ApplicationDependency_dependsOnId_fkey" FOREIGN KEY ("dependsOnId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

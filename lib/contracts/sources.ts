import { z } from 'zod';
import { id, labels } from './common.ts';

/** A path inside the repository: no absolute path, no `..`. */
export const repositoryPath = z
  .string()
  .max(1_000)
  .refine((value) => !value.split('/').includes('..'), 'must not contain ".."')
  .refine((value) => !value.includes('\0') && !value.includes('\\'), 'has characters that paths in Git do not have');

export const renderOptions = z.strictObject({
  tool: z.enum(['directory', 'kustomize', 'helm']).optional(),
  directory: z
    .strictObject({
      recurse: z.boolean().optional(),
      include: z.string().max(500).optional(),
      exclude: z.string().max(500).optional(),
    })
    .optional(),
  kustomize: z
    .strictObject({
      namePrefix: z.string().max(63).optional(),
      nameSuffix: z.string().max(63).optional(),
      images: z.array(z.string().max(500)).max(100).optional(),
      commonLabels: labels.optional(),
    })
    .optional(),
  helm: z
    .strictObject({
      releaseName: z.string().max(53).optional(),
      valueFiles: z.array(repositoryPath).max(50).optional(),
      values: z.string().max(200_000).optional(),
      parameters: z
        .array(
          z.strictObject({
            name: z.string().max(500),
            value: z.string().max(10_000),
            forceString: z.boolean().optional(),
          }),
        )
        .max(200)
        .optional(),
      skipCrds: z.boolean().optional(),
      kubeVersion: z.string().max(50).optional(),
      apiVersions: z.array(z.string().max(200)).max(200).optional(),
    })
    .optional(),
});

export const sourceInput = z.strictObject({
  repositoryId: id,
  targetRevision: z.string().min(1).max(250).default('HEAD'),
  path: repositoryPath.default(''),
  options: renderOptions.default({}),
});

import { z } from 'zod';
import { id, json, labels } from './common.ts';

/** A path inside the repository: no absolute path, no `..`. */
export const repositoryPath = z
  .string()
  .max(1_000)
  .refine((value) => !value.split('/').includes('..'), 'must not contain ".."')
  .refine((value) => !value.includes('\0') && !value.includes('\\'), 'has characters that paths in Git do not have');

/** A path from the source's folder (from the root with `/` in front) to somewhere in the repository; the renderer holds it inside. */
const pathFromSource = z
  .string()
  .min(1)
  .max(1_000)
  .refine((value) => !value.includes('\0') && !value.includes('\\'), 'has characters that paths in Git do not have');

const kustomizePatch = z.strictObject({
  /** A strategic merge patch or a JSON patch, as YAML. */
  patch: z.string().min(1).max(100_000),
  target: z
    .strictObject({
      group: z.string().max(253).optional(),
      version: z.string().max(63).optional(),
      kind: z.string().max(63).optional(),
      name: z.string().max(253).optional(),
      namespace: z.string().max(63).optional(),
      labelSelector: z.string().max(500).optional(),
      annotationSelector: z.string().max(500).optional(),
    })
    .optional(),
});

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
      /** Common labels leave selectors alone, and with `labelIncludeTemplates` reach pod templates all the same. */
      labelWithoutSelector: z.boolean().optional(),
      labelIncludeTemplates: z.boolean().optional(),
      commonAnnotations: z.record(z.string().min(1).max(317), z.string().max(10_000)).optional(),
      namespace: z.string().max(63).optional(),
      replicas: z
        .array(z.strictObject({ name: z.string().min(1).max(253), count: z.number().int().min(0).max(100_000) }))
        .max(100)
        .optional(),
      patches: z.array(kustomizePatch).max(100).optional(),
      components: z.array(pathFromSource).max(50).optional(),
    })
    .optional(),
  helm: z
    .strictObject({
      releaseName: z.string().max(53).optional(),
      /** May hold `*`, `?`, `[…]` and `{a,b}`; what a pattern finds comes in the order of names. */
      valueFiles: z.array(pathFromSource).max(50).optional(),
      /** A value file that is not there is passed over. */
      ignoreMissingValueFiles: z.boolean().optional(),
      values: z.string().max(200_000).optional(),
      /** The same as an object; wins over `values`. */
      valuesObject: z.record(z.string(), json).optional(),
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
      /** Parameters whose value is the text of a file of the repository. */
      fileParameters: z
        .array(z.strictObject({ name: z.string().min(1).max(500), path: pathFromSource }))
        .max(50)
        .optional(),
      /** Values are not held against the chart's values.schema.json. */
      skipSchemaValidation: z.boolean().optional(),
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

import { afterAll, beforeAll, describe, test } from 'vitest';
import { ApiClient } from '../controlplane/api-client.ts';
import { accessTopic } from './cases/access.ts';
import { applyListTopic } from './cases/apply-lists.ts';
import { applyOwnershipTopic } from './cases/apply-ownership.ts';
import { applyTopic } from './cases/apply.ts';
import { controllerTopic } from './cases/controllers.ts';
import { createTopic } from './cases/create.ts';
import { customResourceTopic } from './cases/custom-resources.ts';
import { deletionTopic } from './cases/deletion.ts';
import { discoveryTopic } from './cases/discovery.ts';
import { eventTopic } from './cases/events.ts';
import { listTopic } from './cases/list.ts';
import { metadataTopic } from './cases/metadata.ts';
import { namespaceTopic } from './cases/namespaces.ts';
import { patchTopic } from './cases/patch.ts';
import { representationTopic } from './cases/representation.ts';
import { subresourceTopic } from './cases/subresources.ts';
import { updateTopic } from './cases/update.ts';
import { watchTopic } from './cases/watch.ts';
import { type ContractCase, type ContractTarget, type ContractTopic, Subject } from './subject.ts';

const TOPICS: ContractTopic[] = [
  accessTopic,
  discoveryTopic,
  createTopic,
  updateTopic,
  metadataTopic,
  listTopic,
  representationTopic,
  watchTopic,
  patchTopic,
  applyTopic,
  applyOwnershipTopic,
  applyListTopic,
  subresourceTopic,
  deletionTopic,
  namespaceTopic,
  eventTopic,
  controllerTopic,
  customResourceTopic,
];

/** Creates a namespace for one topic and waits for nothing: cases that need its service account say so themselves. */
async function openSubject(target: ContractTarget, topic: string): Promise<Subject> {
  const api = new ApiClient(target);
  const slug = topic.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const reply = await api.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { generateName: `contract-${slug}-` },
  });
  await api.close();
  const name = /"name":"([^"]+)"/.exec(reply.text)?.[1];
  if (reply.status !== 201 || name === undefined) throw new Error(`No namespace for ${topic}: ${reply.text}`);
  return new Subject(target, name);
}

/** Why a case cannot run against this target; undefined when it can. */
function lacks(target: ContractTarget, needs: ContractCase['needs']): string | undefined {
  if (needs === 'controllers' && !target.controllers) return 'the target has no controllers';
  if (needs === 'expiry' && !target.expireHistory) return 'the target cannot expire its history';
  return undefined;
}

/**
 * Declares every case against one target. `target` is asked for when the first case starts;
 * cases that need what the target lacks are reported as skipped by name.
 */
export function describeContract(target: () => Promise<ContractTarget>): void {
  for (const { topic, cases } of TOPICS) {
    describe(topic, () => {
      let subject: Subject | undefined;
      beforeAll(async () => {
        subject = await openSubject(await target(), topic);
      });
      afterAll(async () => {
        await subject?.api.remove(`/api/v1/namespaces/${subject.ns}`);
        await subject?.api.close();
      });
      test.for(cases)('$name', async ({ needs, run }, context) => {
        if (!subject) throw new Error('the target did not start');
        const lacking = lacks(subject.target, needs);
        if (lacking && process.env['CI']) throw new Error(`${lacking} (required because CI is set)`);
        if (lacking) context.skip(lacking);
        await run(subject);
      });
    });
  }
}

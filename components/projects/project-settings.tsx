'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { part } from '#components/ui/lazy.tsx';
import Link from 'next/link';
import { useState } from 'react';
import type { ProjectView } from '#lib/contracts/projects.ts';
import { api } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { AreaField, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { readRules, RulesField, rulesText } from './rules-field.tsx';
import { SystemRules } from './system-rules.tsx';
import { WindowCount } from './window-count.tsx';

const SyncWindows = part(async () => (await import('./sync-windows.tsx')).SyncWindows);

export function ProjectSettings() {
  const query = useQuery(ask('listProjects'));
  const whyNot = useWhyNot();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<ProjectView | 'new'>();
  const [deleted, setDeleted] = useState<ProjectView>();
  const [scheduled, setScheduled] = useState<string>();
  const items = query.data?.items ?? [];
  const refusal = whyNot('projects:write');
  const opened = items.find((project) => project.id === scheduled);
  return (
    <div className="space-y-4">
      <Panel
        flush
        title="Projects"
        note="group applications"
        aside={
          <Button look="primary" reason={refusal} onClick={() => setEdited('new')}>
            <Plus aria-hidden className="size-3.5" />
            Add project
          </Button>
        }
      >
        {query.error !== null && <Failure error={query.error} onRetry={() => void query.refetch()} className="m-4" />}
        {query.data === undefined ? (
          query.error === null && <Loading rows={3} label="Loading projects" />
        ) : items.length === 0 ? (
          <Empty title="No projects yet">Every application belongs to one.</Empty>
        ) : (
          <Table stacked caption="Projects">
            <thead>
              <Tr>
                <Th>Name</Th>
                <Th>Description</Th>
                <Th>Applications</Th>
                <Th>Sync windows</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </Tr>
            </thead>
            <tbody>
              {items.map((project) => (
                <Tr key={project.id} className="hover:bg-hover">
                  <Td data-lead className="font-semibold">
                    {project.name}
                  </Td>
                  <Td className="text-mute">{project.description}</Td>
                  <Td data-label="Applications">
                    <Link
                      href={`/applications?q=${encodeURIComponent(`project:${project.name}`)}`}
                      className="inline-block min-h-6 min-w-6 text-accent hover:underline"
                    >
                      {project.applicationCount}
                    </Link>
                  </Td>
                  <Td data-label="Sync windows">
                    <WindowCount windows={project.syncWindows} />
                  </Td>
                  <Td>
                    <span className="flex justify-end gap-1.5">
                      <Button
                        size="small"
                        aria-label={`Sync windows of ${project.name}`}
                        onClick={() => setScheduled(project.id)}
                      >
                        Sync windows
                      </Button>
                      <Button
                        size="small"
                        reason={refusal}
                        aria-label={`Change ${project.name}`}
                        onClick={() => setEdited(project)}
                      >
                        Change
                      </Button>
                      <Button
                        size="small"
                        look="ghost"
                        reason={refusal ?? (project.applicationCount > 0 ? 'It still has applications' : null)}
                        aria-label={`Delete ${project.name}`}
                        onClick={() => setDeleted(project)}
                      >
                        Delete
                      </Button>
                    </span>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      <SystemRules />
      {edited !== undefined && (
        <ProjectForm {...(edited === 'new' ? {} : { project: edited })} onClose={() => setEdited(undefined)} />
      )}
      {opened !== undefined && <SyncWindows project={opened} onClose={() => setScheduled(undefined)} />}
      {deleted !== undefined && (
        <Confirm
          open
          onOpenChange={(open) => !open && setDeleted(undefined)}
          title={`Delete ${deleted.name}`}
          action="Delete project"
          onConfirm={async () => {
            await api('deleteProject', { params: { id: deleted.id } });
            announce(`${deleted.name} was deleted`);
            await queries.invalidateQueries({ queryKey: ['listProjects'] });
          }}
        >
          <p>It has no applications. Its records stay in the audit.</p>
        </Confirm>
      )}
    </div>
  );
}

function ProjectForm({ project, onClose }: { project?: ProjectView; onClose: () => void }) {
  const form = useForm();
  const [name, setName] = useState(project?.name ?? '');
  const [description, setDescription] = useState(project?.description ?? '');
  const [rules, setRules] = useState(rulesText(project?.ignoreRules ?? []));
  const save = () =>
    form.run(async () => {
      const body = { name, description, ignoreRules: readRules(rules) };
      if (project === undefined) await api('createProject', { body });
      else await api('updateProject', { params: { id: project.id }, body });
      announce(`${name} was saved`);
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={project === undefined ? 'Add project' : `Change ${project.name}`}
      footer={
        <Button look="primary" busy={form.busy} disabled={name === ''} onClick={() => void save()}>
          {project === undefined ? 'Add project' : 'Save'}
        </Button>
      }
    >
      <div className="space-y-3">
        <TextField label="Name" required value={name} onChange={setName} error={form.problem('name')} />
        <AreaField
          label="Description"
          rows={3}
          value={description}
          onChange={setDescription}
          error={form.problem('description')}
        />
        <RulesField
          label="Ignore rules for all its applications"
          value={rules}
          onChange={setRules}
          error={form.problem('ignoreRules')}
        />
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
      </div>
    </Dialog>
  );
}

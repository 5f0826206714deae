/** The extension under test, as another extension sees it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { WorkloadReport } from '../../src/vscode/witness/workload.ts';

export const extensionId = 'reverie.reverie';

const anyFunction = z.custom<(...words: readonly unknown[]) => unknown>(
  (value) => typeof value === 'function',
);
const anyAsync = z.custom<() => Promise<void>>((value) => typeof value === 'function');
const apiShape = z.object({
  version: z.literal(1),
  remember: anyFunction,
  recall: anyFunction,
  sleep: anyFunction,
  flush: anyAsync,
  workload: z.custom<(reset?: boolean) => WorkloadReport>((value) => typeof value === 'function'),
  onDidSleep: z.custom<vscode.Event<unknown>>((value) => typeof value === 'function'),
});
export type ReverieApi = z.infer<typeof apiShape>;

export function findExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return extension;
}

/** Activates the extension, if it is not yet, and parses what it offers to others. */
export async function reverieApi(): Promise<ReverieApi> {
  return apiShape.parse(await findExtension().activate());
}

const manifestShape = z.looseObject({
  contributes: z.looseObject({
    commands: z.array(z.looseObject({ command: z.string(), title: z.string(), category: z.string() })),
    configuration: z.looseObject({
      properties: z.record(
        z.string(),
        z.looseObject({
          default: z.unknown().optional(),
          description: z.string().optional(),
          markdownDescription: z.string().optional(),
        }),
      ),
    }),
    languageModelTools: z.array(z.looseObject({ name: z.string(), modelDescription: z.string() })),
    views: z.looseObject({ reverie: z.array(z.looseObject({ id: z.string(), type: z.string() })) }),
    chatPlugins: z.array(z.looseObject({ path: z.string() })),
    walkthroughs: z.array(
      z.looseObject({
        id: z.string(),
        steps: z.array(
          z.looseObject({
            id: z.string(),
            description: z.string(),
            media: z.looseObject({
              image: z.record(z.string(), z.string()).optional(),
              markdown: z.string().optional(),
            }),
          }),
        ),
      }),
    ),
  }),
});

export function manifest(): z.infer<typeof manifestShape>['contributes'] {
  return manifestShape.parse(findExtension().packageJSON).contributes;
}

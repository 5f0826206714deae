/** Taking in: import of transcripts, classification of single messages, explicit memories. */
import type { Command } from 'commander';
import { z } from 'zod';
import type { CaptureSummary } from '../../core/capture/ingest.ts';
import { createCapture } from '../../core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptFormat } from '../../core/capture/message.ts';
import { ReverieError } from '../../core/errors.ts';
import { memoryLabels } from '../../core/memory.ts';
import { viewsOf } from '../../core/memoryView.ts';
import { loadTokenizer } from '../../models/tokenizer.ts';
import { createRedactor } from '../../redaction/secretlint.ts';
import { createIds } from '../../sqlite/ids.ts';
import { discoverTranscripts } from '../../transcripts/discovery.ts';
import { readTranscripts } from '../../transcripts/files.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { printJsonLine, readJsonLines } from '../jsonLines.ts';
import { showProgress } from '../progress.ts';
import { clip, memoryLine } from '../text.ts';

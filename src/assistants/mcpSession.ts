/** What all tools, resources and prompts of one MCP connection share: the memory, opened for each call, and whose it is. */
import { type CallToolResult, ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { Capture } from '../core/capture/capture.ts';
import type { Database } from '../core/database.ts';
import type { ProjectId } from '../core/memory.ts';
import type { Clock, FileBlob, Log } from '../core/ports.ts';
import { refusal } from './mcpAnswers.ts';
import type { McpScope } from './mcpScope.ts';

/** What the server needs of the program around it. */
export interface McpHost {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  /** This client's session is private: nothing is told, nothing is kept. */
  readonly privateSession: boolean;
  /** Identity of this conversation as far as we know one: what is kept in it counts as said in one session. */
  readonly session: string;
  /** Where the server was started. */
  readonly directory: string;
  readonly home: string;
  readonly projectRoot: (directory: string) => ProjectId;
  readonly fileBlob?: FileBlob;
  /** The project its owner named at the start: then neither roots nor directory count. */
  readonly namedProject?: (database: Database) => Promise<ProjectId>;
  /** Throws ReverieError. The caller closes it. */
  openDatabase(): Promise<Database>;
  /** Loads the secret detector: not before something is to be kept. */
  captureFor(database: Database): Promise<Pick<Capture, 'remember'>>;
}

type Act<T> = (database: Database, projects: readonly ProjectId[]) => Promise<T>;

export interface McpSession {
  readonly host: McpHost;
  /** Aborted when the client is gone: questions to it are then pointless. */
  readonly closing: AbortSignal;
  /**
   * Opens the memory, acts, closes it. Throws McpError with one line for the client; what is unexpected is named in
   * the log and nowhere else.
   */
  withMemory<T>(what: string, act: Act<T>): Promise<T>;
  /** A tool's trouble is the tool's answer, so that the assistant can go on without. */
  asTool(act: () => Promise<CallToolResult>): Promise<CallToolResult>;
}

/** The reason and message of a failure a person can act on, whichever bundle its class came from. */
function known(error: unknown): { readonly reason: string; readonly message: string } | undefined {
  if (!(error instanceof Error) || error.name !== 'ReverieError' || !('reason' in error)) return undefined;
  return { reason: String(error.reason), message: error.message };
}

/** A failure that is told to the client, without the SDK's prefix of its number. */
class ToldError extends McpError {
  constructor(
    code: ErrorCode,
    readonly told: string,
  ) {
    super(code, told);
  }
}

export function createMcpSession(host: McpHost, scope: McpScope, closing: AbortSignal): McpSession {
  const { log } = host;
  return {
    host,
    closing,
    async withMemory(what, act) {
      let database: Database | undefined;
      try {
        database = await host.openDatabase();
        if (database.setAside !== undefined)
          log.warn(`The database was damaged. It is kept as ${database.setAside}; a new one was begun.`);
        const projects =
          host.namedProject === undefined ? await scope.projects() : [await host.namedProject(database)];
        return await act(database, projects);
      } catch (error) {
        const told = known(error);
        log.error(`${what}: ${told?.reason ?? (error instanceof Error ? error.name : 'unknown trouble')}`);
        throw new ToldError(
          told?.reason === 'invalid-input' ? ErrorCode.InvalidParams : ErrorCode.InternalError,
          told?.message ?? 'Reverie could not do that; its log on standard error names the kind of trouble.',
        );
      } finally {
        await database?.close().catch(() => log.warn(`${what}: the memory did not close`));
      }
    },
    async asTool(act) {
      try {
        return await act();
      } catch (error) {
        return refusal(error instanceof ToldError ? error.told : 'Reverie could not do that.');
      }
    },
  };
}

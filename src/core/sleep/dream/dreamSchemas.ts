/** All lesson schemas; what they are stands in `dreamSchema.ts`. A new one is an entry in one of the four lists. */
import type { LessonSchema } from './dreamSchema.ts';
import { conductSchemas } from './dreamSchemasConduct.ts';
import { requestSchemas } from './dreamSchemasRequest.ts';
import { truthSchemas } from './dreamSchemasTruth.ts';
import { workSchemas } from './dreamSchemasWork.ts';

export const lessonSchemas: readonly LessonSchema[] = [
  ...workSchemas,
  ...truthSchemas,
  ...conductSchemas,
  ...requestSchemas,
];

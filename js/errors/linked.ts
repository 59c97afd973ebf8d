import { exceptionOf, type ExceptionValue, type MadeEvent } from './exception.js';
import { isA, read } from './read.js';

/** With so many errors in an event, causes are not followed any further. */
const ENOUGH = 6;
/** Most errors of an event, however many an AggregateError holds. */
const MOST = 50;

function follow(
  error: unknown,
  exception: ExceptionValue,
  id: number,
  values: ExceptionValue[],
): void {
  if (values.length >= ENOUGH) return;
  const errors = read(error, 'errors');
  const group: unknown[] | undefined = Array.isArray(errors) ? errors : undefined;
  const link = (child: unknown, source: string): void => {
    if (!isA(child, Error) || values.length >= MOST) return;
    exception.mechanism = {
      type: 'auto.core.linked_errors',
      handled: true,
      ...(group && { is_exception_group: true }),
      ...exception.mechanism,
      exception_id: id,
    };
    const childId = values.length;
    const linked = exceptionOf(child);
    linked.mechanism = {
      type: 'chained',
      handled: true,
      source,
      exception_id: childId,
      parent_id: id,
    };
    values.unshift(linked);
    follow(child, linked, childId, values);
  };
  link(read(error, 'cause'), 'cause');
  group?.forEach((child, index) => {
    link(child, `errors[${index}]`);
  });
}

/** Puts the errors that caused `error`, or that it consists of, before it. */
export function addLinked({ exception }: MadeEvent, error: unknown): void {
  const values = exception?.values ?? [];
  const last = values[values.length - 1];
  if (last && isA(error, Error)) follow(error, last, 0, values);
}

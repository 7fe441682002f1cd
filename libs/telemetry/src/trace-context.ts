import { randomBytes } from 'node:crypto';
import {
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const TRACEPARENT = 'traceparent';
const propagator = new W3CTraceContextPropagator();

/**
 * Makes the trace of a request follow it through promises and timers. Until it is called,
 * `withTraceparent` runs its function without a trace. An OpenTelemetry SDK that registered
 * itself before keeps its place, and calling it again changes nothing.
 */
export function installTracePropagation(): void {
  propagation.setGlobalPropagator(propagator);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}

/** The `traceparent` header for what leaves now (W3C Trace Context), if a trace is active. */
export function currentTraceparent(): string | undefined {
  const headers: Record<string, string> = {};
  propagator.inject(context.active(), headers, defaultTextMapSetter);
  return headers[TRACEPARENT];
}

/** Runs `work` in the trace that came with a message, or in a new one when none or a malformed one came. */
export function withTraceparent<T>(traceparent: string | undefined, work: () => T): T {
  const received = traceparent === undefined ? undefined : readTraceparent(traceparent);
  return context.with(received ?? readTraceparent(newTraceparent()) ?? ROOT_CONTEXT, work);
}

/** A trace that begins here, sampled. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** The ids that tie a log line to its trace, under the names that OpenTelemetry's log bridges use. */
export function currentTrace(): { readonly trace_id: string; readonly span_id: string } | undefined {
  const active = trace.getSpanContext(context.active());
  return active && { trace_id: active.traceId, span_id: active.spanId };
}

function readTraceparent(traceparent: string) {
  const extracted = propagator.extract(ROOT_CONTEXT, { [TRACEPARENT]: traceparent }, defaultTextMapGetter);
  return trace.getSpanContext(extracted) && extracted;
}

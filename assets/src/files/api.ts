// Requests of the page of files. What a file is stands in the body, never in an address.

import { t } from "./dom";

/** The server's answer was a refusal, in the reader's words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

const csrf = document.getElementById("files")?.dataset.csrf ?? "";

/** Asks, with fields and, under `content`, anything as JSON. */
export async function ask<T>(path: string, fields: Record<string, string | string[]> = {}, content?: unknown): Promise<T> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  if (content !== undefined) body.append("content", JSON.stringify(content));
  let answer: Response;
  try {
    answer = await fetch(`/files/${path}`, {
      method: "POST",
      headers: { accept: "application/json", "x-csrf-token": csrf, "content-type": "application/x-www-form-urlencoded" },
      body,
    });
  } catch {
    throw new Refused(0, t("survivors-error-no-answer"));
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, problem.detail ?? t("survivors-error-no-answer"));
  }
  return answer.json();
}

/** Bytes as they travel. */
export function inText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Bytes that travelled. */
export const inBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export type Party = "filing" | "secretariat" | "commission" | "keeper";
export type Colleague = { id: string; name: string; party: Party; holds: string | null };
export type Named = { key: string; name: string };

export type Start = {
  me: { id: string; name: string; parties: Party[]; body: string | null; key: number | null };
  now: number;
  directory: { office: string | null; certificates: string[]; revocations: string | null };
  wraps: { credential: string; wrapped: string }[];
  lapsed: boolean;
  people: Colleague[];
  process: {
    known: string[];
    regions: Named[];
    communities: Named[];
    reasons: (Named & { outcome: string })[];
    left_out: Named[];
    open: boolean;
    violence: { from: string; until: string };
  };
};

export type Line = {
  code: string;
  stage: string;
  round: string;
  since: string;
  filed: string | null;
  outcome: string | null;
  clock: { state: "runs" | "suspended" | "late"; due?: string; days: number } | null;
  steps: string[];
  mine: boolean;
};

export type Case = {
  name: "file" | "one" | "two";
  case: string;
  statements: string[];
  grants: { generation: number; sealed: string }[];
  fields: { field: string; version: number; sealed: string }[];
};

export type Whole = Line & {
  cases: Case[];
  members?: { list: { id: string; here: boolean; voted: boolean; vote: string | null }[]; tally: string };
  openings?: Opening[];
  counted?: Counted;
  steps_taken?: { step: string; on: string; round: string }[];
};

/** What of a file stands in the clear, to be counted. */
export type Counted = { region?: string | null; sex?: string | null; community?: string | null };

/** A request of one keeper to learn a name, with the answer of another. */
export type Opening = {
  id: string;
  by: string;
  reason: string;
  mine: boolean;
  asked: string;
  granted: boolean | null;
  answered_by: string | null;
  answered: string | null;
};

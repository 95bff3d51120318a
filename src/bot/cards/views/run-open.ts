import type { Run } from '../../../runs/run.ts';
import type { Words } from '../words.ts';
import type { ButtonView, LinesView } from './common.ts';
import { formView } from './run-forms.ts';
import {
  checksView,
  decideButton,
  detailsView,
  previewFacts,
  refusalView,
  runHeader,
  type Viewing,
} from './run-parts.ts';

/** What `run-preview.json` binds: a draft, which its requester may start. */
export function draftView(words: Words, run: Run, viewing: Viewing) {
  const blocked = run.findings.some(({ severity }) => severity === 'blocks');
  return {
    refusal: refusalView(words, viewing),
    header: runHeader(words, run, words.marked(run.preview.sentence)),
    facts: [...previewFacts(words, run), riskFact(words, run)],
    checks: checksView(words, run.findings),
    typedName: blocked || run.requirement.confirmation !== 'typed-name' ? [] : [typedNameView(words, run)],
    buttons: draftButtons(words, run, blocked),
    details: detailsView(words, run),
    typed: blocked ? words.own('typed.withdraw', { code: run.code }) : typedDraft(words, run),
  };
}

/**
 * What `run-approval.json` binds. The requester is told that somebody else has to agree, and sees the same button as everybody:
 * what a click may do is decided by the runs, which refuse it with the reason.
 */
export function approvalView(words: Words, run: Run, viewing: Viewing) {
  const own = viewing.oid === run.requester.oid;
  const withdraw = decideButton(words, run, 'withdraw');
  const approve = decideButton(words, run, 'approve', { style: own ? 'default' : 'positive' });
  const given = run.approvals.some(({ actor }) => actor.oid === viewing.oid);
  return {
    refusal: refusalView(words, viewing),
    header: runHeader(words, run, words.marked(run.preview.sentence)),
    facts: [...previewFacts(words, run), riskFact(words, run), ...approvalFacts(words, run)],
    checks: checksView(words, run.findings),
    notes: viewing.refusal !== undefined ? [] : standing(words, { own, given }),
    buttons: own ? [withdraw, approve] : given ? [] : [approve],
    forms: own ? [] : [rejectionForm(words, run)],
    details: detailsView(words, run, { buttons: viewing.oid === undefined ? [withdraw] : [] }),
    typed: words.own(own ? 'typed.withdraw' : 'typed.approval', { code: run.code }),
  };
}

/** What the one who looks has to do with it; a refusal on top has said so already. */
function standing(words: Words, { own, given }: { own: boolean; given: boolean }): LinesView {
  if (own) return [{ text: words.own('own-request') }];
  return given ? [{ text: words.own('you-approved') }] : [];
}

function draftButtons(words: Words, run: Run, blocked: boolean): ButtonView[] {
  const cancel = { ...decideButton(words, run, 'withdraw'), title: words.label('button.cancel') };
  if (blocked) return [cancel];
  const inputs = run.requirement.confirmation === 'typed-name' ? 'auto' : 'none';
  const start = decideButton(words, run, 'confirm', { style: 'positive', inputs });
  return [run.requirement.approvals > 0 ? { ...start, title: words.label('button.ask-approval') } : start, cancel];
}

function typedDraft(words: Words, run: Run): string {
  const values = { code: run.code, target: run.targetName };
  return words.own(run.requirement.confirmation === 'typed-name' ? 'typed.draft-name' : 'typed.draft', values);
}

function typedNameView(words: Words, run: Run) {
  const values = { target: run.targetName };
  return {
    label: words.label('typed-name.label', values),
    placeholder: words.plain(run.targetName),
    error: words.label('typed-name.error', values),
  };
}

/** A rejection says why, and a wish for changes says which: the words are the requester's to read. */
function rejectionForm(words: Words, run: Run) {
  const reject = decideButton(words, run, 'reject', { style: 'destructive', inputs: 'auto' });
  const change = decideButton(words, run, 'request-changes', { inputs: 'auto' });
  const said = { title: words.label('button.reject-with'), label: words.label('rejection.label') };
  return formView(words, { ...said, placeholder: words.label('rejection.placeholder') }, [change, reject]);
}

function riskFact(words: Words, run: Run) {
  return { title: words.own('fact.risk'), value: words.own(`risk.${run.risk}`) };
}

function approvalFacts(words: Words, run: Run) {
  const { approvals, requirement, requester, reason, decideBy } = run;
  const needs = {
    given: approvals.length,
    needed: requirement.approvals,
    people: approvals.map(({ actor }) => actor.name),
  };
  return [
    { title: words.own('fact.requested-by'), value: words.marked(requester.name) },
    ...(reason === undefined ? [] : [{ title: words.own('fact.reason'), value: words.marked(reason) }]),
    { title: words.own('fact.approvals'), value: words.own(approvals.length === 0 ? 'needs' : 'needs-more', needs) },
    { title: words.own('fact.expires'), value: words.marked({ time: decideBy }) },
  ];
}

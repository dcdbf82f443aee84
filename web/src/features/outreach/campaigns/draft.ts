/** A campaign as the editor holds it, and the body that it becomes. */
import type {
  Audience,
  Campaign,
  CampaignVariable,
  NewCampaign,
  Source,
  Stage,
  Template,
} from '@/api/schema';

export type AudienceKind = 'all' | 'stage' | 'tag' | 'owner' | 'source' | 'leads';
export type FieldName = NonNullable<CampaignVariable['field']>;
export type WhenKind = 'now' | 'at' | 'local';

/** A value in the editor: a text for everybody, or a field of the lead. */
export interface Value {
  kind: 'text' | FieldName;
  text: string;
}

export interface Draft {
  name: string;
  channelId: string;
  audience: AudienceKind;
  /** What the audience is told apart by: a stage, a tag, a user's ID, a source, or IDs of leads. */
  chosen: string;
  contactedWithinDays: string;
  templateId: string;
  header: Value;
  body: Record<string, Value>;
  buttons: Record<string, Value>;
  file: string;
  when: WhenKind;
  time: string;
  isQuiet: boolean;
  quietFrom: string;
  quietUntil: string;
  budget: string;
  acceptUnknownPrice: boolean;
}

export const noValue: Value = { kind: 'text', text: '' };

export const emptyDraft: Draft = {
  name: '',
  channelId: '',
  audience: 'stage',
  chosen: 'Contacted',
  contactedWithinDays: '',
  templateId: '',
  header: noValue,
  body: {},
  buttons: {},
  file: '',
  when: 'now',
  time: '',
  isQuiet: true,
  quietFrom: '21:00',
  quietUntil: '09:00',
  budget: '',
  acceptUnknownPrice: false,
};

function audienceOf({ audience, chosen }: Draft): Audience {
  switch (audience) {
    case 'all':
      return { all: true };
    case 'stage':
      return { stage: chosen as Stage };
    case 'tag':
      return { tag: chosen.trim() };
    case 'owner':
      return { ownerId: chosen };
    case 'source':
      return { source: chosen as Source };
    case 'leads':
      return { leadIds: chosen.split(/[\s,;]+/).filter((id) => id !== '') };
  }
}

function chosenOf(audience: Audience): Pick<Draft, 'audience' | 'chosen'> {
  if (audience.stage) return { audience: 'stage', chosen: audience.stage };
  if (audience.tag) return { audience: 'tag', chosen: audience.tag };
  if (audience.ownerId) return { audience: 'owner', chosen: audience.ownerId };
  if (audience.source) return { audience: 'source', chosen: audience.source };
  if (audience.leadIds) return { audience: 'leads', chosen: audience.leadIds.join('\n') };
  return { audience: 'all', chosen: '' };
}

const variable = ({ kind, text }: Value): CampaignVariable =>
  kind === 'text' ? { text } : { field: kind, ...(text !== '' && { fallback: text }) };

const valueOf = ({ text, field, fallback }: CampaignVariable): Value =>
  field ? { kind: field, text: fallback ?? '' } : { kind: 'text', text: text ?? '' };

const variables = (names: readonly string[], values: Record<string, Value>) =>
  Object.fromEntries(names.map((name) => [name, variable(values[name] ?? noValue)]));

const valuesOf = (all: Record<string, CampaignVariable> | undefined) =>
  Object.fromEntries(Object.entries(all ?? {}).map(([name, one]) => [name, valueOf(one)]));

/** The body for the API. */
export function bodyOf(draft: Draft, template: Template): NewCampaign {
  const { parameters } = template;
  const days = Number(draft.contactedWithinDays);
  return {
    name: draft.name.trim(),
    channelId: draft.channelId,
    message: {
      name: template.name,
      language: template.language,
      ...(parameters.header !== null && { header: variable(draft.header) }),
      ...(draft.file !== '' && { file: { link: draft.file } }),
      body: variables(parameters.body, draft.body),
      buttons: variables(parameters.buttons.map(String), draft.buttons),
    },
    audience: audienceOf(draft),
    exclusions: days > 0 ? { contactedWithinDays: days } : {},
    ...(draft.when === 'at' && { schedule: { at: new Date(draft.time).toISOString() } }),
    ...(draft.when === 'local' && { schedule: { localTime: draft.time } }),
    ...(draft.isQuiet && { quietHours: { from: draft.quietFrom, until: draft.quietUntil } }),
    ...(draft.budget.trim() !== '' && { budget: draft.budget.trim() }),
    acceptUnknownPrice: draft.acceptUnknownPrice,
  };
}

/** A moment as an input of the browser's own zone shows it. */
function localInput(moment: string): string {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The draft of a campaign that is there; its template is found by name among `templates`. */
export function draftOf(campaign: Campaign, templates: readonly Template[]): Draft {
  const { message, schedule } = campaign;
  const template = templates.find(
    ({ name, language }) => name === message.name && language === message.language,
  );
  return {
    ...emptyDraft,
    ...chosenOf(campaign.audience),
    name: campaign.name,
    channelId: campaign.channelId,
    contactedWithinDays: String(campaign.exclusions.contactedWithinDays ?? ''),
    templateId: template?.id ?? '',
    header: message.header ? valueOf(message.header) : noValue,
    body: valuesOf(message.body),
    buttons: valuesOf(message.buttons),
    file: message.file?.link ?? '',
    when: schedule?.at ? 'at' : schedule?.localTime ? 'local' : 'now',
    time: schedule?.at ? localInput(schedule.at) : (schedule?.localTime ?? ''),
    isQuiet: campaign.quietHours !== null,
    quietFrom: campaign.quietHours?.from ?? emptyDraft.quietFrom,
    quietUntil: campaign.quietHours?.until ?? emptyDraft.quietUntil,
    budget: campaign.budget ?? '',
    acceptUnknownPrice: campaign.acceptUnknownPrice,
  };
}

/** What a preview shows of the values: the field's name in brackets, or the text. */
export const previewValues = (
  values: Record<string, Value>,
  fieldName: (field: FieldName) => string,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .map(([name, { kind, text }]) => [name, kind === 'text' ? text : `[${fieldName(kind)}]`] as const)
      .filter(([, text]) => text !== ''),
  );

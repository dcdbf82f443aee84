import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pipeline, PipelineStage, Stage } from '@/api/schema';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { Switch } from '@/design/Switch';
import { showToast } from '@/design/toasts';
import { colours, useChangePipeline, useDeletePipeline } from '../pipelines';
import css from './LeadSettings.module.css';

interface StageRowProps {
  stage: PipelineStage;
  place: number;
  last: number;
  onChange: (stage: PipelineStage) => void;
  onMove: (to: number) => void;
}

function StageRow({ stage, place, last, onChange, onMove }: StageRowProps) {
  const { t } = useTranslation(['crm', 'common']);
  const name = stage.label;
  return (
    <li className={css['row']}>
      <span className={css['text']}>
        <Field
          label={t('nameOf', { stage: t(`common:stage.${stage.stage}`) })}
          value={stage.label}
          maxLength={40}
          onChange={(label) => onChange({ ...stage, label })}
        />
      </span>
      <Select
        label={t('colour')}
        value={stage.colour}
        options={colours.map((id) => ({ id, label: t(`colours.${id}`) }))}
        onChange={(colour) => onChange({ ...stage, colour })}
      />
      <Switch isSelected={!stage.hidden} onChange={(shown) => onChange({ ...stage, hidden: !shown })}>
        {t('shown')}
      </Switch>
      <IconButton
        label={t('moveUp', { name })}
        icon={<ArrowUp size={16} />}
        isDisabled={place === 0}
        onPress={() => onMove(place - 1)}
      />
      <IconButton
        label={t('moveDown', { name })}
        icon={<ArrowDown size={16} />}
        isDisabled={place === last}
        onPress={() => onMove(place + 1)}
      />
    </li>
  );
}

/** A pipeline: its name, and the names, colours and order of its stages. */
export function PipelinePanel({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation(['crm', 'common']);
  const [name, setName] = useState(pipeline.name);
  const [stages, setStages] = useState<readonly PipelineStage[]>(pipeline.stages);
  const change = useChangePipeline(pipeline.id);
  const remove = useDeletePipeline(pipeline.id);
  const replace = (key: Stage, stage: PipelineStage) =>
    setStages(stages.map((one) => (one.stage === key ? stage : one)));
  const move = (from: number, to: number) => {
    const rest = stages.filter((_, place) => place !== from);
    setStages([...rest.slice(0, to), ...stages.slice(from, from + 1), ...rest.slice(to)]);
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    change.mutate({ name, stages: [...stages] }, { onSuccess: () => showToast(t('pipelineSaved')) });
  };
  const gone = pipeline.isDefault ? undefined : (
    <IconButton
      label={t('deleteNamed', { name: pipeline.name })}
      icon={<Trash2 size={16} />}
      onPress={() => remove.mutate()}
    />
  );
  return (
    <Panel
      title={pipeline.name}
      text={pipeline.isDefault ? t('defaultPipelineText') : t('pipelineText')}
      actions={gone}
    >
      <form className={css['form']} onSubmit={send}>
        <Field label={t('name')} maxLength={40} isRequired value={name} onChange={setName} />
        <ul className={css['rows']}>
          {stages.map((stage, place) => (
            <StageRow
              key={stage.stage}
              stage={stage}
              place={place}
              last={stages.length - 1}
              onChange={(next) => replace(stage.stage, next)}
              onMove={(to) => move(place, to)}
            />
          ))}
        </ul>
        {change.error && <ErrorLine error={change.error} />}
        {remove.error && <ErrorLine error={remove.error} />}
        <Button type="submit" look="primary" isPending={change.isPending}>
          {t('common:save')}
        </Button>
      </form>
    </Panel>
  );
}

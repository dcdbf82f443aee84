/** Short links, questions and commands of a number. */
import { Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberSetup } from '@/api/schema';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Field } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import css from './SetupDialog.module.css';
import type { SetupWish } from './setup';

const MOST_QUESTIONS = 4;

export interface PartProps {
  setup: NumberSetup;
  isBusy: boolean;
  errors: ReadonlyMap<string, string>;
  ask: (wish: SetupWish) => void;
}

/** Short links and their QR codes. */
export function Links({ setup, isBusy, errors, ask }: PartProps) {
  const { t } = useTranslation('channels');
  const [message, setMessage] = useState('');
  const add = () => {
    ask({ kind: 'addLink', message: message.trim() });
    setMessage('');
  };
  return (
    <section className={css['part']}>
      <h3 className={css['title']}>{t('setup.links')}</h3>
      <p className={css['hint']}>{t('setup.linksHint')}</p>
      <ul className={css['links']}>
        {setup.links.map(({ code, message: said, url, qr }) => (
          <li key={code} className={css['link']}>
            <img src={qr} alt={t('setup.qr', { message: said })} width={96} height={96} />
            <div className={css['grow']}>
              <bdi>{said}</bdi>
              <CopyText text={url} />
            </div>
            <IconButton
              label={t('setup.removeLink', { message: said })}
              icon={<Trash2 size={16} />}
              isDisabled={isBusy}
              onPress={() => ask({ kind: 'removeLink', code })}
            />
          </li>
        ))}
      </ul>
      <Field
        label={t('setup.message')}
        value={message}
        maxLength={140}
        error={errors.get('message')}
        onChange={setMessage}
      />
      <Button
        size="small"
        icon={<Plus size={16} aria-hidden />}
        isDisabled={isBusy || message.trim() === ''}
        onPress={add}
      >
        {t('setup.addLink')}
      </Button>
    </section>
  );
}

/** Questions to begin with, and commands. */
export function Starters({ setup, isBusy, errors, ask }: PartProps) {
  const { t } = useTranslation(['channels', 'kinds']);
  const [questions, setQuestions] = useState(setup.starters.questions);
  const [commands, setCommands] = useState(setup.starters.commands);
  const save = () =>
    ask({
      kind: 'change',
      body: { starters: { questions: questions.filter((one) => one.trim() !== ''), commands } },
    });
  return (
    <section className={css['part']}>
      <h3 className={css['title']}>{t('setup.starters')}</h3>
      <p className={css['hint']}>{t('setup.startersHint')}</p>
      {questions.map((question, place) => (
        <Field
          key={place}
          label={t('setup.question', { number: place + 1 })}
          value={question}
          maxLength={80}
          error={errors.get(`starters.questions[${place}]`)}
          onChange={(text) => setQuestions(questions.with(place, text))}
        />
      ))}
      {questions.length < MOST_QUESTIONS && (
        <Button
          size="small"
          icon={<Plus size={16} aria-hidden />}
          onPress={() => setQuestions([...questions, ''])}
        >
          {t('setup.addQuestion')}
        </Button>
      )}
      {commands.map((command, place) => (
        <div key={place} className={css['line']}>
          <Field
            label={t('setup.command', { number: place + 1 })}
            value={command.name}
            maxLength={32}
            error={errors.get(`starters.commands[${place}].name`)}
            onChange={(name) => setCommands(commands.with(place, { ...command, name }))}
          />
          <Field
            label={t('setup.description')}
            value={command.description}
            maxLength={256}
            error={errors.get(`starters.commands[${place}].description`)}
            onChange={(description) => setCommands(commands.with(place, { ...command, description }))}
          />
          <IconButton
            label={t('kinds:editor.remove', { name: t('setup.command', { number: place + 1 }) })}
            icon={<X size={16} />}
            onPress={() => setCommands(commands.toSpliced(place, 1))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={16} aria-hidden />}
        onPress={() => setCommands([...commands, { name: '', description: '' }])}
      >
        {t('setup.addCommand')}
      </Button>
      <Button isDisabled={isBusy} onPress={save}>
        {t('setup.saveStarters')}
      </Button>
    </section>
  );
}

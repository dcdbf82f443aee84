import type { errors as english } from '../en/errors';
import type { Words } from '../words';

export const errors: Words<typeof english> = {
  retry: 'Tentar de novo',
  requestId: 'ID da solicitação',
  networkTitle: 'Sem conexão com o servidor',
  network: 'Verifique sua conexão. Nada do que você escreveu se perdeu.',
  internalTitle: 'Algo deu errado do nosso lado',
  internal: 'Tente de novo em instantes. Informe o ID da solicitação ao contatar o suporte.',
  wrongCredentialsTitle: 'E-mail ou senha incorretos',
  wrongCredentials: 'O e-mail e a senha não correspondem a uma conta. Confira os dois ou redefina a senha.',
  wrongCodeTitle: 'Código incorreto',
  wrongCode: 'O código está errado ou já foi usado. Espere o próximo e tente de novo.',
  addressTakenTitle: 'Este e-mail já tem conta',
  addressTaken: 'Já existe uma conta com este e-mail. Entre ou redefina sua senha.',
  forbiddenTitle: 'Você não tem permissão',
  forbidden: 'Seu papel não permite. Fale com um proprietário ou administrador.',
  notFoundTitle: 'Não encontrado',
  notFound: 'Não existe, ou você não pode ver.',
  windowClosedTitle: 'A janela de 24 horas está fechada',
  windowClosed:
    'O WhatsApp só aceita texto livre até 24 horas depois que o cliente escreveu. Ela reabre quando ele escrever.',
  tooManyTitle: 'Tentativas demais',
  tooMany_one: 'Tente de novo em um segundo.',
  tooMany_other: 'Tente de novo em {{count}} segundos.',
  conflictTitle: 'Mudou nesse meio-tempo',
  conflict: 'O que você vê é lido de novo. Confira e tente outra vez.',
  unauthenticatedTitle: 'Você saiu',
  unauthenticated: 'Entre de novo. Nada do que você escreveu se perdeu.',
};

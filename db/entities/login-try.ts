import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'LoginTry',
  tableName: 'login_tries',
  properties: {
    subject: p.text().primary(),
    tries: p.integer(),
    lastAt: instant(),
  },
});

/** Wrong passwords in a row for an address, which is kept as a hash [R14.3]. */
export class LoginTry extends schema.class {}
schema.setClass(LoginTry);

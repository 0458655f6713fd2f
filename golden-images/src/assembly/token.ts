/** Stands in a text of a template for what only a deploy knows: one word, which no text has by itself. */
export const TOKEN = 'cdkTokenOfTheDeploy';

/** The shape of a translation: the keys of the English words, any text. A missing or foreign key is a type error. */
export type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };

import { hooks } from '../xapi/hooks.js'

const { hooks: arrived } = coursepack
coursepack.hooks = (table) => arrived((kit, hear) => hooks(kit, table, hear, coursepack.delivery))

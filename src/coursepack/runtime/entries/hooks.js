import { hooks } from '../xapi/hooks.js'

coursepack.speak((kit, table, hear) => hooks(kit, table, hear, coursepack.delivery))

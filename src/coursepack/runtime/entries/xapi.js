import { xapi } from '../drivers/xapi.js'
import { start } from '../main.js'

void start(xapi())

import { cmi5 } from '../drivers/cmi5.js'
import { start } from '../main.js'

void start(cmi5())

import { web } from '../drivers/web.js'
import { start } from '../main.js'

void start(web())

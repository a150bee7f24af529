import { scorm2004 } from '../drivers/scorm2004.js'
import { start } from '../main.js'

void start(scorm2004())

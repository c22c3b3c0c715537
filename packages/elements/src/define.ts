import './check-in/define.ts';
import './forms/define.ts';
import './scheduling/define.ts';
import './ui/define.ts';

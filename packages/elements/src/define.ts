import './scheduling/define.ts';
import './ui/define.ts';

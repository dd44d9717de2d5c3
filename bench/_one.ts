import { readFileSync } from 'node:fs';
import { explainPaste } from '../src/app/explain-paste.ts';
const [f,id]=process.argv.slice(2);
for (const l of readFileSync(f!,'utf8').split('\n').filter(Boolean)) { const d=JSON.parse(l); if(d.id!==id) continue;
 const {evidence,report}=explainPaste(d.statement); console.log(JSON.stringify({ex:evidence.exchanges,auth:evidence.authorization,prov:evidence.provider,client:evidence.client},null,1)); console.log(JSON.stringify(report.verdict,null,1)); console.log(report.stages.flatMap(s=>s.findings.map(x=>x.code+' '+x.severity+' '+x.certainty+' '+x.title)));}

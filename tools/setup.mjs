// Installs what is missing. Runs on a machine that has Node and npm and nothing else, so it imports nothing that is
// installed here.
//   node tools/setup.mjs            the packages
//   node tools/setup.mjs --browser  the packages, and a browser to test with
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromePath } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.clinic-widgets-setup');

checkNode();
installPackages();
if (process.argv.includes('--browser')) installBrowser();

/** On most machines the packages bring the Node that runs everything else; elsewhere the one at hand has to do. */
function checkNode() {
  const bringsNode = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
  const needed = bringsNode.includes(`${process.platform}-${process.arch}`) ? [20, 19] : [22, 18];
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  stop(
    `Clinic Widgets needs Node ${needed.join('.')} or later, and this is ${process.version}. See https://nodejs.org.`,
  );
}

function installPackages() {
  const packages = readdirSync(join(root, 'packages')).sort();
  const stamp = packagesStamp(packages);
  const isInstalled = packages.every((name) => existsSync(join(root, 'packages', name, 'node_modules')));
  if (isInstalled && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log(`Installing the packages with ${packageManager} (about half a minute the first time) …`);
  if (!run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'])) {
    stop('The packages could not be installed; what went wrong is said above.');
  }
  writeFileSync(stampFile, stamp);
}

/** Changes with whatever decides what is installed. */
function packagesStamp(packages) {
  const manifests = packages.map((name) => join('packages', name, 'package.json'));
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function installBrowser() {
  if (browserStarts()) return;
  if (process.env.CHROME_PATH) {
    stop(`CHROME_PATH names ${process.env.CHROME_PATH}, and that does not start. Correct it, or leave it out.`);
  }
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.log(
      'There is no Chrome or Chromium here to test with. Installing Chromium with apt-get (about a minute) …',
    );
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], env);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], env);
    if (browserStarts()) return;
  }
  console.log('There is no Chrome or Chromium here to test with. Downloading one with Playwright …');
  run('npx', ['playwright', 'install', 'chromium']);
  if (browserStarts()) return;
  // What was downloaded may lack libraries, which only root may install.
  if (isRoot && chromePath() && run('npx', ['playwright', 'install-deps', 'chromium']) && browserStarts()) return;
  stop(`The tests need Chrome or Chromium, and none could be installed here. Install one and run this again:
  Debian:   sudo apt-get install chromium
  Ubuntu:   sudo snap install chromium
  Fedora:   sudo dnf install chromium
  macOS:    brew install --cask google-chrome
  Windows:  winget install Google.Chrome
If there is one in an unusual place, name it: CHROME_PATH=/path/to/chrome npm test`);
}

/** A browser that is there may still lack the libraries that it needs. */
function browserStarts() {
  const path = chromePath();
  if (!path || !existsSync(path)) return false;
  // On Windows asking for the version opens a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    // npx is a script there, and only a shell starts scripts.
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function stop(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

#!/bin/sh
# A real Redmine of one's own in a folder, for the opt-in test and to try things out.
#
#   start-redmine.sh start FOLDER   installs what is missing, seeds once, starts, prints one line of JSON:
#                                   {"url","pid","project","keys":{"linli",…}}. Runs already: prints the same line.
#   start-redmine.sh stop FOLDER    stops it and waits until it is gone. Nothing runs: says so, status 0.
#
# All data lies in FOLDER, so it may be killed with -9 and started again with what it had. It copies the program out
# of the Debian package and never touches the package's own instance; only the installation needs root.
set -eu

program=/usr/share/redmine
action=${1:-}
folder=${2:-}
case "$action" in
  start | stop) ;;
  *) echo "expected start or stop, but '$action' came: start-redmine.sh start|stop FOLDER" >&2 && exit 2 ;;
esac
[ -n "$folder" ] || { echo "expected a folder for its data: start-redmine.sh $action FOLDER" >&2 && exit 2; }
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
copy=$folder/redmine
seed=$(cd "$(dirname "$0")" && pwd)/seed-redmine.rb

main() {
  if [ "$action" = stop ]; then
    stop
  else
    install_packages
    choose_copy
    [ -e "$folder/seeded.json" ] || prepare
    running || launch
    wait_until_up
    answer
  fi
}

install_packages() {
  dpkg-query -W -f '${Status}\n' redmine redmine-sqlite ruby-webrick 2>/dev/null | grep -c '^install ok installed' | grep -qx 3 && return
  [ "$(id -u)" = 0 ] || {
    echo "the Debian packages redmine, redmine-sqlite and ruby-webrick are missing: run this once as root" >&2
    exit 1
  }
  echo "installing the Debian packages redmine, redmine-sqlite, ruby-webrick" >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && apt-get install -y --no-install-recommends redmine redmine-sqlite ruby-webrick; } >"$folder/install.log" 2>&1 || {
    echo "the installation failed: see $folder/install.log, which ends" >&2
    tail -n 5 "$folder/install.log" >&2
    exit 1
  }
}

# Not before: the package configures itself with Bundler as well.
choose_copy() {
  export RAILS_ENV=production REDMINE_INSTANCE=here BUNDLE_GEMFILE="$copy/Gemfile" HOME="$folder" LANG=C.UTF-8
  unset X_DEBIAN_SITEID DATABASE_URL
}

# Half-made is made anew: seeded.json is written last.
prepare() {
  rm -rf "$copy" "$folder/redmine.sqlite3"
  cp -R "$program" "$copy"
  rm -f "$copy/instances" "$copy/config/database.yml" "$copy/Gemfile.lock"
  printf 'gem "webrick"\ngem "sqlite3", "~> 1.4.0"\n' >"$copy/Gemfile.local"
  here=$copy/instances/here
  mkdir -p "$here/config" "$here/log" "$here/files" "$here/tmp/pids" "$here/tmp/sockets" "$here/tmp/cache"
  # waiting for a lock rather than failing: SQLite has one writer
  cat >"$copy/config/database.yml" <<YAML
production:
  adapter: sqlite3
  database: $folder/redmine.sqlite3
  encoding: utf8
  timeout: 10000
YAML
  cp "$copy/config/database.yml" "$here/config/database.yml"
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$here/config/secret_key.txt"
  free_port >"$folder/port"
  (
    cd "$copy"
    bundle exec rake db:migrate
    bundle exec rails runner "$seed" "$folder/seeded.json.new"
  ) >"$folder/seed.log" 2>&1 || {
    echo "seeding failed: see $folder/seed.log, which ends" >&2
    tail -n 5 "$folder/seed.log" >&2
    exit 1
  }
  mv "$folder/seeded.json.new" "$folder/seeded.json"
}

free_port() {
  ruby -rsocket -e 's = TCPServer.new("127.0.0.1", 0); puts s.addr[1]'
}

# The port stays: whoever was told the url finds it there again.
launch() {
  rm -f "$copy/instances/here/tmp/pids/server.pid"
  cd "$copy"
  setsid bundle exec rails server -u webrick -b 127.0.0.1 -p "$(cat "$folder/port")" >>"$folder/server.log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
  cd "$folder"
}

# A number in a file may belong to somebody else by now: only a process that works in our copy is ours.
running() {
  [ -e "$folder/pid" ] && [ "$(readlink "/proc/$(cat "$folder/pid")/cwd" 2>/dev/null)" = "$copy" ]
}

wait_until_up() {
  for _ in $(seq 240); do
    ruby -rnet/http -e 'exit Net::HTTP.get_response("127.0.0.1", "/issues.json", ARGV[0].to_i).code.to_i < 500' \
      "$(cat "$folder/port")" 2>/dev/null && return
    running || break
    sleep 0.25
  done
  echo "Redmine did not come up: see $folder/server.log" >&2
  exit 1
}

answer() {
  printf '{"url":"http://127.0.0.1:%s","pid":%s,%s\n' "$(cat "$folder/port")" "$(cat "$folder/pid")" "$(cut -c2- "$folder/seeded.json")"
}

stop() {
  running || { echo "no Redmine runs in $folder" >&2 && return; }
  pid=$(cat "$folder/pid")
  kill -TERM "$pid"
  for _ in $(seq 80); do
    running || { rm -f "$folder/pid" && return; }
    sleep 0.25
  done
  kill -KILL "$pid"
  rm -f "$folder/pid"
}

main

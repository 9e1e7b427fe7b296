# Sourced: what the demo host is made of. All of it carries one prefix, so that nothing of the user's is touched.
# shellcheck shell=bash disable=SC2034
readonly DEMO_STATE=/var/tmp/holdfast-demo
readonly DEMO_CONFIG=$DEMO_STATE/holdfast.yaml
readonly DEMO_REPOSITORY=$DEMO_STATE/backups
readonly DEMO_POSTGRES=holdfast-demo-postgres # the container, and the volume of its data
readonly DEMO_APP=holdfast-demo-app
readonly DEMO_FILES=holdfast-demo-files # the application's volume
readonly DEMO_ORDERS=demo_orders
readonly DEMO_ARCHIVE=demo_archive
readonly DEMO_ADMIN=demo_admin

demo_files_folder() { podman volume inspect --format '{{.Mountpoint}}' "$DEMO_FILES"; }

# Inside the container the local socket asks for no password.
demo_psql() { podman exec -i "$DEMO_POSTGRES" psql -X -q -v ON_ERROR_STOP=1 -U "$DEMO_ADMIN" "$@"; }

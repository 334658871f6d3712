/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl token: makes, lists and revokes the bearer tokens of web clients.
 */
#include "access/trip-secret.h"
#include "access/trip-token-store.h"
#include "cli/trip-cli.h"

#include "trip/json/trip-json-builder.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static gboolean
make_token (TripTokenStore  *store,
            const char      *name,
            GError         **error)
{
  char *secret = trip_token_store_create (store, name, error);

  if (secret == NULL)
    return FALSE;
  printf ("%s\n", secret);
  trip_secret_free (secret);
  fprintf (stderr, "%s\n", _("Keep it: it is shown this once."));
  return TRUE;
}

static gboolean
revoke_token (TripTokenStore  *store,
              const char      *id_or_name,
              GError         **error)
{
  g_autofree char *name = trip_token_store_revoke (store, id_or_name, error);

  if (name == NULL)
    return FALSE;
  printf (_("Revoked “%s”"), name);
  printf ("\n");
  return TRUE;
}

static void
print_json (GPtrArray *tokens)
{
  TripJsonBuilder builder;
  g_autofree char *text = NULL;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_array (&builder, NULL);
  for (guint i = 0; i < tokens->len; i++)
    {
      const TripToken *token = g_ptr_array_index (tokens, i);

      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "id", token->id);
      trip_json_builder_add_string (&builder, "name", token->name);
      trip_json_builder_add_string (&builder, "created", token->created);
      trip_json_builder_end_object (&builder);
    }
  trip_json_builder_end_array (&builder);
  text = trip_json_builder_end_string (&builder);
  printf ("%s\n", text);
}

static gboolean
list_tokens (TripTokenStore  *store,
             gboolean         json,
             GError         **error)
{
  g_autoptr(GPtrArray) tokens = trip_token_store_list (store, error);

  if (tokens == NULL)
    return FALSE;
  if (json)
    print_json (tokens);
  for (guint i = 0; !json && i < tokens->len; i++)
    {
      const TripToken *token = g_ptr_array_index (tokens, i);

      printf ("%s  %s  %s\n", token->id, token->created, token->name);
    }
  return TRUE;
}

/**
 * trip_cli_token:
 * @argc: number of arguments
 * @argv: arguments, the first is `token`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_token (int    argc,
                char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print the list as JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("new NAME | list | revoke ID-OR-NAME"));
  g_autoptr(TripTokenStore) store = NULL;
  g_autoptr(GError) error = NULL;
  const char *verb;
  gboolean ok;

  g_option_context_set_summary (context, _("Tokens let web clients in where tripd asks for them."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_USAGE;
    }
  verb = argc > 1 ? argv[1] : "";
  if (!(strcmp (verb, "list") == 0 && argc == 2) && !(strcmp (verb, "new") == 0 && argc == 3) &&
      !(strcmp (verb, "revoke") == 0 && argc == 3))
    {
      trip_cli_complain (NULL, _("say new NAME, list, or revoke ID-OR-NAME"));
      return TRIP_CLI_USAGE;
    }

  store = trip_token_store_open (NULL, &error);
  ok = store != NULL && (*verb == 'n'   ? make_token (store, argv[2], &error)
                         : *verb == 'l' ? list_tokens (store, json, &error)
                                        : revoke_token (store, argv[2], &error));
  if (ok)
    return TRIP_CLI_OK;
  trip_cli_complain (NULL, error->message);
  return TRIP_CLI_FAILED;
}

using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>Lets a receiver be tried out from the page.</summary>
public sealed class ReceiverActions(ReceiverTestStore tests, ILogger<ReceiverActions> logger)
{
    /// <summary>Sends the beginning and the end of an incident that never was; says in a sentence what came of it.</summary>
    public async Task<string> TestAsync(string receiver, Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        try
        {
            if (!await viewer.MayAsync(AccountRole.Editor, cancellationToken))
                return "Nothing was sent: that is for editors.";
            // On the wall clock, as requests are.
            var (status, detail) = await tests.RunAsync(receiver, TimeProvider.System, cancellationToken);
            return status switch
            {
                "delivered" => $"{receiver} took the beginning and the end of the test: {detail}",
                "failed" => $"{receiver} did not take the test: {detail}",
                _ => detail,
            };
        }
        catch (DbException error)
        {
            Log.AlertActionFailed(logger, error);
            return "Nothing was sent: the database does not answer. Try again in a few seconds.";
        }
    }
}

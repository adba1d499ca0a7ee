using System.Diagnostics;
using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Diagnostics;

/// <summary>The span of a sync cycle for the host's own tracing; costs nothing while nobody listens.</summary>
internal static class ClientActivity
{
    private static readonly ActivitySource Source = new(ClientMetrics.Name);

    internal static Activity? Start(SyncType type, SyncTrigger trigger)
    {
        if (!Source.HasListeners())
            return null;
        try
        {
            var activity = Source.StartActivity("sync " + Wire.Type.NameOrUnknown(type), ActivityKind.Client);
            return activity?.SetTag("sync.type", Wire.Type.NameOrUnknown(type)).SetTag("sync.trigger", Wire.Trigger.NameOrUnknown(trigger));
        }
#pragma warning disable CA1031 // Whatever the host's listener throws, its app goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ListenerProblem.Note(exception);
            return null;
        }
    }

    internal static void End(Activity? activity, EventRecord record)
    {
        if (activity is null)
            return;
        try
        {
            Describe(activity, record);
            activity.Dispose();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ListenerProblem.Note(exception);
        }
    }

    private static void Describe(Activity activity, EventRecord record)
    {
        activity.SetTag("sync.outcome", Wire.Outcome.NameOrUnknown(record.Outcome));
        activity.SetTag("sync.items.pushed", record.Pushed);
        activity.SetTag("sync.items.pulled", record.Pulled);
        activity.SetTag("sync.conflict_count", record.ConflictCount);
        activity.SetTag("sync.retries", record.Retries);
        if (record.Outcome == SyncOutcome.Failure)
            activity.SetStatus(ActivityStatusCode.Error, record.ErrorCode).SetTag("error.type", record.ErrorCode ?? Wire.ErrorKind.NameOrUnknown(record.ErrorKind));
    }
}

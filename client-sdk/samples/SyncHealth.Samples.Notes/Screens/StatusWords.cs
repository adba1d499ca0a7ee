using SyncHealth.Contracts;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Samples.Notes.Phones;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>Says where a phone stands, in words for the person who holds it.</summary>
internal static class StatusWords
{
    public static string Label(DataState state, int waiting) => state switch
    {
        DataState.Synced => "Synced",
        DataState.Syncing => "Syncing",
        DataState.LocalChangesPending when waiting > 0 => $"{Quantity.Of(waiting, "change", "changes")} pending",
        DataState.LocalChangesPending => "Changes pending",
        _ => "Stale",
    };

    public static string Meaning(DataState state) => state switch
    {
        DataState.Synced => "This phone has all that the server had at the last sync, and the server has all of this phone.",
        DataState.Syncing => "A sync is running; everything can be used meanwhile.",
        DataState.LocalChangesPending => "The server has not confirmed everything that was written here.",
        _ => "The notes are here, but the server may have newer ones: the last complete sync is long ago, failed since, or never was.",
    };

    public static string Label(PhoneNetwork network) => network switch
    {
        PhoneNetwork.Wifi => "Wi-Fi",
        PhoneNetwork.Cellular => "Cellular",
        PhoneNetwork.LieFi => "Lie-fi",
        _ => "Offline",
    };

    public static string Meaning(PhoneNetwork network) => network switch
    {
        PhoneNetwork.Wifi => "A network that works.",
        PhoneNetwork.Cellular => "Works, slower and by volume.",
        PhoneNetwork.LieFi => "Full bars, and three of four requests vanish.",
        _ => "No network. Notes can be read and written all the same.",
    };

    /// <summary>What an offline phone does with what is written on it.</summary>
    public static string OfflineMeaning(int waiting) => waiting switch
    {
        0 => "Nothing waits. What you write now stays here until the network is back.",
        1 => "1 change waits on this phone and leaves when the network is back.",
        _ => $"{Quantity.Count(waiting)} changes wait on this phone and leave when the network is back.",
    };

    /// <summary>"500 of 3,000 notes", "500 notes so far" where the server has not counted.</summary>
    public static string Progress(FullProgress full) => full.Total is { } total
        ? $"{Quantity.Count(full.Done)} of {Quantity.Of(total, "note", "notes")}"
        : $"{Quantity.Of(full.Done, "note", "notes")} so far";

    /// <summary>Why the last sync failed; empty when it did not.</summary>
    public static string FailureMeaning(CycleResult? result) => result?.ErrorKind switch
    {
        null or SyncErrorKind.None => "",
        SyncErrorKind.Timeout => "The server did not answer in time. Nothing is lost.",
        SyncErrorKind.Offline => "There was no network. Nothing is lost.",
        SyncErrorKind.Server => "The server could not be reached, or answered with an error. Nothing is lost.",
        SyncErrorKind.Cancelled => "It was interrupted. Nothing is lost.",
        _ => $"The server refused ({result.ErrorCode}). Nothing is lost.",
    };

    /// <summary>"at once", "in 12 s"</summary>
    public static string In(TimeSpan wait) => wait < TimeSpan.FromSeconds(1) ? "at once" : $"in {Quantity.Age(wait.TotalSeconds)}";

    /// <summary>When the engine syncs next, and what it waits for.</summary>
    public static string Next(PhoneView view) => view switch
    {
        { IsSyncing: true } => "running",
        { IsOffline: true } or { Status.Next.Deferral: Deferrals.NoNetwork } => "when the network is back: put off because there is none",
        _ => $"{In(view.NextIn)}, {Because(view.Status.Next.Trigger)}",
    };

    /// <summary>"full sync, because the app opened: sent 1, received 3, settled 1 conflict"</summary>
    public static string Did(CycleResult result)
    {
        var head = $"{(result.Type == SyncType.Full ? "full" : "delta")} sync, {Because(result.Trigger)}";
        var tries = result.Retries > 0 ? $", after {Quantity.Of(result.Retries, "retry", "retries")}" : "";
        if (result.Outcome is SyncOutcome.Failure or SyncOutcome.Cancelled)
            return $"{head}: failed ({result.ErrorCode ?? "unknown"}){tries}";
        var conflicts = result.Conflicts > 0 ? $", settled {Quantity.Of(result.Conflicts, "conflict", "conflicts")}" : "";
        var refused = result.Rejected > 0 ? $", {Quantity.Count(result.Rejected)} refused" : "";
        return $"{head}: sent {Quantity.Count(result.Pushed)}, received {Quantity.Count(result.Applied)}{conflicts}{refused}{tries}";
    }

    private static string Because(SyncTrigger trigger) => trigger switch
    {
        SyncTrigger.AppOpen => "because the app opened",
        SyncTrigger.User => "because you asked",
        SyncTrigger.Retry => "as a retry",
        SyncTrigger.LocalWrite => "because of an edit",
        SyncTrigger.Reconnect => "because the network came back",
        _ => "on schedule",
    };
}

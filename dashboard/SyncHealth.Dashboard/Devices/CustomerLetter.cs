using System.Globalization;
using System.Text;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>What support may send to the person whose device it is: what is known of their work, when it was so where they live, and what nobody can know.</summary>
public static class CustomerLetter
{
    /// <summary>The text, in lines; times in <paramref name="zone"/>.</summary>
    /// <param name="work">Where the device's work stands.</param>
    /// <param name="device">The device, as its user would recognise it.</param>
    /// <param name="zone">The customer's time zone.</param>
    public static string Write(WorkStanding work, DeviceFacts device, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(zone);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"We looked at what your device{NameOf(device)} last told us, on {Time(work.Present.At, zone)}.\n");
        foreach (var evidence in work.Evidence)
            text.Append("- ").Append(evidence == work.Present ? PresentLine(work, zone) : Line(evidence, zone)).Append('\n');
        if (work.MissingReports > 0)
            text.Append(CultureInfo.InvariantCulture, $"- {Plain(Quantity.Of(work.MissingReports, "report of your device has", "reports of your device have"))} not reached us, so this list may have holes.\n");
        text.Append('\n').Append(Advice(work)).Append('\n');
        text.Append("We see this for the device as a whole, not for a single note, ")
            .Append(work.Server.Word is null ? "and only what the device itself reported. " : "by what the device itself reported and by the log of our own server. ");
        text.Append(CultureInfo.InvariantCulture, $"What you wrote on it after {Time(work.ProvenAt, zone)} is not known to us yet.\nTimes are those of {zone.Id}.\n");
        return text.ToString();
    }

    /// <summary>One thing that is known, in a sentence.</summary>
    public static string Line(WorkEvidence evidence, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(zone);
        var at = Time(evidence.At, zone);
        return evidence.State switch
        {
            WorkState.Discarded => $"{Changes(evidence, "was", "were")} discarded when the app was reset, last on {at}. Our server never received {(evidence.Items == 1 ? "it" : "them")}.",
            WorkState.Rejected => $"{Changes(evidence, "was", "were")} not accepted by our server, last on {at}.",
            WorkState.Overwritten => $"{Changes(evidence, "was", "were")} replaced by a change made elsewhere at the same time, last on {at}.",
            WorkState.Stuck => $"{Changes(evidence, "has", "have")} been waiting on the device{Since(evidence, zone)} and {(evidence.Items == 1 ? "does" : "do")} not get through.",
            WorkState.Queued => $"{Changes(evidence, "was", "were")} waiting on the device{Since(evidence, zone)}, not yet on our server.",
            WorkState.OnServer when evidence.By == Witness.Server => $"Our server took {Plain(Quantity.Of(evidence.Items ?? 0, "change", "changes"))} from the device on {at}.",
            WorkState.OnServer => $"Nothing was waiting on the device: all you had written by {at} is on our server.",
            _ when evidence.Since is null => "The device has never reached our server, so we cannot tell what it holds.",
            _ => $"Nothing was waiting on the device on {at}: what you had written by then is on our server. It has not been in touch since.",
        };
    }

    /// <summary>What the device said of the present, held against what our server knows.</summary>
    private static string PresentLine(WorkStanding work, TimeZoneInfo zone) => (work.Present.State, work.Server.State) switch
    {
        (WorkState.Unknown, ChannelState.Disputed) =>
            $"The device told us on {Time(work.Present.At, zone)} that nothing was waiting, but our server does not know of that sync: we cannot tell yet whether all you had written arrived.",
        (WorkState.Unknown, ChannelState.TelemetryBlocked) when work.Present.Since is not null =>
            $"Nothing was waiting on the device on {Time(work.Present.At, zone)}: what you had written by then is on our server. Since then its reports do not reach us, but it has been in touch with our server, last on {Time(work.Server.Word!.HeardAt!.Value, zone)}.",
        _ => Line(work.Present, zone),
    };

    private static string Advice(WorkStanding work) => work.Present.State switch
    {
        WorkState.OnServer => "There is nothing you need to do.",
        WorkState.Stuck => "Please do not delete or reset the app: the waiting changes are only on your device. We are looking into why they do not get through.",
        WorkState.Queued => "Please open the app while you are online, and do not delete or reset it before the changes are sent: until then they are only on your device.",
        _ => "Please open the app while you are online, so that it can tell us how it stands. Do not delete or reset it before.",
    };

    private static string Changes(WorkEvidence evidence, string one, string many) =>
        Plain($"{Quantity.Of(evidence.Items ?? 0, "change", "changes")} {(evidence.Items == 1 ? one : many)}");

    private static string Since(WorkEvidence evidence, TimeZoneInfo zone) => evidence.Since is { } since ? $" since {Time(since, zone)}" : "";

    private static string NameOf(DeviceFacts device) => device.DeviceModel.Length > 0 ? $" ({device.DeviceModel})" : "";

    /// <summary>4 March 2026, 16:05: unlike 03/04 it means one day everywhere.</summary>
    private static string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Mail programs break lines where they like.</summary>
    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}

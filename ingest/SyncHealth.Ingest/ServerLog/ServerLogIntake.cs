using System.Globalization;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Ingest.ServerLog;

/// <summary>What a server's log goes through: whose it is, rules, times. Pure but for the hash of ids.</summary>
internal sealed class ServerLogIntake(DeviceKeyHasher hasher)
{
    /// <summary>The contacts that can be taken, with their places in the request, and why the others cannot.</summary>
    /// <param name="log">As decoded.</param>
    /// <param name="keyApp">The app of the ingest key; null when it takes any.</param>
    /// <param name="now">When the request arrived.</param>
    /// <param name="refusal">Why nothing of it can be taken; null when something may.</param>
    public (List<ServerContact> Contacts, List<int> Places, List<Rejection> Rejections) Take(
        DecodedServerLog log, string? keyApp, DateTimeOffset now, out Refusal? refusal)
    {
        var (contacts, places, rejections) = (new List<ServerContact>(log.Contacts.Count), new List<int>(log.Contacts.Count), new List<Rejection>());
        refusal = AppRefusal(log.App, keyApp);
        if (refusal is not null)
            return (contacts, places, rejections);
        log.App = log.App.Length == 0 ? keyApp! : log.App;
        for (var i = 0; i < log.Contacts.Count; i++)
        {
            if (WrongOf(log.Contacts[i], now) is var (code, message))
            {
                rejections.Add(new Rejection(i, code, message));
                continue;
            }

            contacts.Add(new ServerContact(hasher.DeviceKey(log.App, log.Contacts[i].DeviceId), log.Contacts[i].At!.Value, log.Contacts[i].Accepted));
            places.Add(i);
        }

        return (contacts, places, rejections);
    }

    private static Refusal? AppRefusal(string app, string? keyApp)
    {
        if (app.Length == 0 && keyApp is null)
            return new Refusal(400, ReasonCodes.AppRequired, "app is missing, and the ingest key belongs to no single app.");
        return app.Length > 0 && keyApp is not null && app != keyApp
            ? new Refusal(400, ReasonCodes.AppMismatch, "app is another app than the one the ingest key belongs to.")
            : null;
    }

    private static (string Code, string Message)? WrongOf(in DecodedContact contact, DateTimeOffset now)
    {
        if (contact.Wrong is { } field)
            return (ReasonCodes.InvalidField, $"{field} is of another type than the contract's.");
        if (contact.DeviceId.Length == 0)
            return (ReasonCodes.InvalidField, "deviceId is missing.");
        if (contact.At is not { } at)
            return (ReasonCodes.TimestampRequired, "at is missing.");
        return at > now + EventLimits.MaxFuture || at < now - EventLimits.MaxAge
            ? (ReasonCodes.TimestampOutOfRange, string.Create(CultureInfo.InvariantCulture, $"at is {at:O}, and it is {now:O}: it lies too far ahead or further back than events are kept."))
            : null;
    }
}

using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>What every transport's events go through: rules, identity, clock, quarantine. Pure but for the hash of ids.</summary>
internal sealed class EventIntake(DeviceKeyHasher hasher, IngestOptions options)
{
    private const string Production = "production";

    public IntakeResult Take(DecodedBatch decoded, in IntakeRequest request)
    {
        var batch = new EventBatch { ReceivedAt = request.ReceivedAt, LikelyResend = request.LikelyResend };
        batch.Events.EnsureCapacity(decoded.Events.Length);
        var speakers = new Speaker[decoded.Resources.Count];
        for (var i = 0; i < speakers.Length; i++)
        {
            speakers[i] = SpeakerOf(decoded.Resources[i], request);
            batch.Profiles.Add(ProfileOf(decoded.Resources[i], ref decoded.Adjustments));
        }

        var rejections = TakeEvents(decoded, request, speakers, batch);
        foreach (var drop in decoded.Drops)
            if (speakers[drop.Resource] is { RejectCode: null } speaker)
                batch.Drops.Add(new ReportedDrop(speaker.App, speaker.DeviceKey, drop.Report ?? request.BatchHash, drop.Reason, drop.Count, speaker.UserKey) { Doubt = drop.Doubt });
        return new IntakeResult(batch, rejections, OnlyAppOf(speakers));
    }

    private static string OnlyAppOf(Speaker[] speakers) =>
        speakers is [var first, ..] && Array.TrueForAll(speakers, speaker => speaker.App == first.App) ? first.App : "";

    private List<Rejection> TakeEvents(DecodedBatch decoded, in IntakeRequest request, Speaker[] speakers, EventBatch batch)
    {
        var rejections = new List<Rejection>();
        var clock = new BatchClock(request.ReceivedAt, decoded.SentAt, options.ClockName);
        var events = decoded.Events;
        for (var i = 0; i < events.Length; i++)
        {
            ref var e = ref events[i];
            ref readonly var speaker = ref speakers[e.Resource];
            EventRules.Check(ref e, speaker);
            if (e.RejectCode is null)
                SetTimes(ref e, clock, speaker, batch, ref decoded.Adjustments);
            if (e.RejectCode is not null)
            {
                rejections.Add(new Rejection(i, e.RejectCode, e.RejectMessage!));
                continue;
            }

            Complete(ref e, speaker, request.BatchHash, i);
            NameLimits.Hold(ref e.Row, ref decoded.Adjustments);
            batch.Events.Add(e.Row);
        }

        return rejections;
    }

    private static void SetTimes(
        ref DecodedEvent e, BatchClock clock, in Speaker speaker, EventBatch batch, ref Adjustments adjustments)
    {
        ref var row = ref e.Row;
        row.EventAt = clock.Correct(row.DeviceAt, e.AgeMs);
        if (clock.OutOfRange(row.EventAt, speaker.MaxAge) is { } message)
        {
            e.Reject(ReasonCodes.TimestampOutOfRange, message);
            batch.Quarantined.Add(new QuarantinedEvent(
                speaker.App, speaker.DeviceKey, row.EventAt, ReasonCodes.TimestampOutOfRange, QuarantineRecord.Of(e), speaker.UserKey));
            return;
        }

        var moved = row.EventAt.Ticks - row.DeviceAt.Ticks;
        if (moved != 0)
            adjustments.ClockCorrected++;
        if (row.LastSuccessAt is { } success)
            row.LastSuccessAt = EventRules.LastSuccess(EventTime.Moved(success, moved), row.EventAt, ref adjustments);
    }

    private static void Complete(ref DecodedEvent e, in Speaker speaker, long batchHash, int index)
    {
        ref var row = ref e.Row;
        row.BodyHash = EventBody.Hash(e);
        row.IdHash = e.IdHash ?? (row.Seq is { } seq ? EventIdentity.OfSeq(seq) : EventIdentity.OfPlace(batchHash, index));
        row.DeviceKey = speaker.DeviceKey;
        row.HasDevice = speaker.HasDevice;
        row.UserKey = speaker.UserKey;
        row.Profile = e.Resource;
        row.Segment = new SegmentKey(
            speaker.App, speaker.Environment, e.AppVersion ?? speaker.AppVersion, e.Os ?? speaker.Os, e.OsVersion ?? speaker.OsVersion,
            Wire.Network.NameOf(e.Network), Wire.Type.NameOf(row.Type), Wire.Trigger.NameOf(e.Trigger));
    }

    private Speaker SpeakerOf(DecodedResource resource, in IntakeRequest request)
    {
        var keyApp = request.KeyApp;
        var app = string.IsNullOrEmpty(resource.App) ? keyApp ?? "" : resource.App;
        var hasDevice = !string.IsNullOrEmpty(resource.DeviceId);
        return new Speaker
        {
            App = app,
            Environment = string.IsNullOrEmpty(resource.Environment) ? Production : resource.Environment,
            AppVersion = resource.AppVersion ?? "",
            Os = resource.Os ?? "",
            OsVersion = resource.OsVersion ?? "",
            DeviceKey = hasDevice ? hasher.DeviceKey(app, resource.DeviceId!) : hasher.AppKey(app),
            HasDevice = hasDevice,
            UserKey = string.IsNullOrEmpty(resource.UserRef) ? null : hasher.UserKey(app, resource.UserRef),
            MaxAge = request.Limits?.LimitsOf(app)?.RawDays is { } days && days < EventLimits.MaxAge.TotalDays ? TimeSpan.FromDays(days) : EventLimits.MaxAge,
            RejectCode = app.Length == 0 ? ReasonCodes.AppRequired
                : keyApp is not null && app != keyApp ? ReasonCodes.AppMismatch : null,
        };
    }

    private static DeviceProfile ProfileOf(DecodedResource resource, ref Adjustments adjustments) =>
        new(NameLimits.Hold(resource.DeviceModel ?? "", ref adjustments), resource.Tags is null ? "{}" : JsonSerializer.Serialize(resource.Tags));
}

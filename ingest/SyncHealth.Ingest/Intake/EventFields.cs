using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>Puts one value of one field into an event: the one place that says what a field may hold, for every transport.</summary>
internal static class EventFields
{
    public static void SetNumber(DecodedBatch batch, ref DecodedEvent e, EventField field, long value)
    {
        switch (field)
        {
            case EventField.Timestamp: SetTimestamp(ref e, EventTime.FromMilliseconds(value)); break;
            case EventField.LastSuccessAt: e.Row.LastSuccessAt = EventTime.FromMilliseconds(value); break;
            case EventField.DurationMs: SetDuration(batch, ref e, value); break;
            case EventField.Id: e.IdHash = EventIdentity.OfNumber(value); break;
            case EventField.Seq: SetSeq(ref e, value); break;
            case EventField.AgeMs: e.AgeMs = value >= 0 ? value : null; break;
            case EventField.OldestPendingMs: e.Row.OldestPendingMs = Pending(batch, ref e, value); break;
            case EventField.BytesUp: e.Row.BytesUp = Whole(ref e, field, value, EventBounds.MaxBytes); break;
            case EventField.BytesDown: e.Row.BytesDown = Whole(ref e, field, value, EventBounds.MaxBytes); break;
            case EventField.ConflictCount:
                e.Row.ConflictCount = (int)Whole(ref e, field, value, EventBounds.MaxConflictCount);
                e.HasConflictCount = true;
                break;
            case EventField.QueuedItems: e.Row.QueuedItems = Count(ref e, field, value); break;
            case EventField.Retries: e.Row.Retries = Count(ref e, field, value); break;
            case EventField.Pushed: e.Row.Pushed = Count(ref e, field, value); break;
            case EventField.Pulled: e.Row.Pulled = Count(ref e, field, value); break;
            case EventField.Applied: e.Row.Applied = Count(ref e, field, value); break;
            case EventField.Rejected: e.Row.Rejected = Count(ref e, field, value); break;
            default: WrongType(ref e, field); break;
        }
    }

    public static void SetNumber(DecodedBatch batch, ref DecodedEvent e, EventField field, double value)
    {
        if (field == EventField.Timestamp)
            SetTimestamp(ref e, EventTime.FromMilliseconds(value));
        else if (field == EventField.LastSuccessAt)
            e.Row.LastSuccessAt = EventTime.FromMilliseconds(value);
        else if (field is EventField.DurationMs or EventField.AgeMs or EventField.OldestPendingMs)
            SetNumber(batch, ref e, field, Rounded(value));
        else if (double.IsInteger(value))
            SetNumber(batch, ref e, field, (long)value);
        else
            WrongType(ref e, field);
    }

    public static void SetFlag(ref DecodedEvent e, EventField field, bool value)
    {
        if (field == EventField.Success)
            e.Success = value;
        else if (field == EventField.Metered)
            e.Row.Metered = value;
        else
            WrongType(ref e, field);
    }

    /// <param name="batch">Makes the strings and counts what was changed.</param>
    /// <param name="e">The event.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Valid, unescaped UTF-8.</param>
    public static void SetText(DecodedBatch batch, ref DecodedEvent e, EventField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case EventField.Id: e.IdHash = value.IsEmpty ? null : EventIdentity.OfText(value); break;
            case EventField.Timestamp: SetTimestamp(batch, ref e, value); break;
            case EventField.LastSuccessAt: e.Row.LastSuccessAt = Time(ref e, field, value); break;
            case EventField.Type: SetType(ref e, value); break;
            case EventField.Outcome: e.Row.Outcome = Known(batch, WireNames.Outcome, value, SyncOutcome.None); break;
            case EventField.Direction: e.Row.Direction = Known(batch, WireNames.Direction, value, SyncDirection.Unknown); break;
            case EventField.Trigger: e.Trigger = Known(batch, WireNames.Trigger, value, SyncTrigger.Unknown); break;
            case EventField.Network: e.Network = Known(batch, WireNames.Network, value, SyncNetwork.Unknown); break;
            case EventField.ErrorKind: e.Row.ErrorKind = Known(batch, WireNames.ErrorKind, value, SyncErrorKind.Unknown); break;
            case EventField.ErrorCode: e.Row.ErrorCode = batch.Label(value); break;
            case EventField.AppVersion: e.AppVersion = batch.Version(value); break;
            case EventField.Os: e.Os = batch.Label(value); break;
            case EventField.OsVersion: e.OsVersion = batch.Version(value); break;
            default: WrongType(ref e, field); break;
        }
    }

    /// <summary>A value of a kind that this field cannot hold.</summary>
    public static void WrongType(ref DecodedEvent e, EventField field)
    {
        if (field == EventField.Type)
            e.Reject(ReasonCodes.InvalidType, "type must be text.");
        else
            e.Reject(ReasonCodes.InvalidField, $"{FieldNames.Of(field)} has a value of the wrong type.");
    }

    private static void SetTimestamp(DecodedBatch batch, ref DecodedEvent e, ReadOnlySpan<byte> value)
    {
        if (IsoTime.TryParse(value, out var time))
            SetTimestamp(ref e, EventTime.Bounded(time));
        else
            e.Reject(ReasonCodes.InvalidField, $"timestamp '{batch.Text(value)}' is neither ISO 8601 nor epoch milliseconds.");
    }

    private static void SetTimestamp(ref DecodedEvent e, DateTimeOffset time)
    {
        e.Row.DeviceAt = time;
        e.HasTimestamp = true;
    }

    private static DateTimeOffset? Time(ref DecodedEvent e, EventField field, ReadOnlySpan<byte> value)
    {
        if (IsoTime.TryParse(value, out var time))
            return EventTime.Bounded(time);
        e.Reject(ReasonCodes.InvalidField, $"{FieldNames.Of(field)} is neither ISO 8601 nor epoch milliseconds.");
        return null;
    }

    private static void SetType(ref DecodedEvent e, ReadOnlySpan<byte> value)
    {
        e.HasType = WireNames.Type.TryFind(value, out e.Row.Type);
        if (!e.HasType)
            e.Reject(ReasonCodes.InvalidType, $"type must be one of {string.Join(", ", Wire.Type.Names)}.");
    }

    private static void SetDuration(DecodedBatch batch, ref DecodedEvent e, long value)
    {
        e.HasDuration = true;
        if (value < 0)
            e.Reject(ReasonCodes.DurationOutOfRange, "durationMs must not be negative.");
        else if (value > EventLimits.MaxDurationMs)
            batch.Adjustments.Clamped++;
        e.Row.DurationMs = (int)Math.Clamp(value, 0, EventLimits.MaxDurationMs);
    }

    private static void SetSeq(ref DecodedEvent e, long value)
    {
        if (value < 0)
            e.Reject(ReasonCodes.InvalidField, "seq must not be negative.");
        e.Row.Seq = value;
    }

    private static long Pending(DecodedBatch batch, ref DecodedEvent e, long value)
    {
        if (value <= EventBounds.MaxPendingMs)
            return Whole(ref e, EventField.OldestPendingMs, value, EventBounds.MaxPendingMs);
        batch.Adjustments.Clamped++;
        return EventBounds.MaxPendingMs;
    }

    private static int Count(ref DecodedEvent e, EventField field, long value) => (int)Whole(ref e, field, value, int.MaxValue);

    private static long Whole(ref DecodedEvent e, EventField field, long value, long max)
    {
        if (value >= 0 && value <= max)
            return value;
        e.Reject(ReasonCodes.InvalidField, $"{FieldNames.Of(field)} must be a whole number from 0 to {max}.");
        return 0;
    }

    private static T Known<T>(DecodedBatch batch, Utf8Names<T> names, ReadOnlySpan<byte> value, T otherwise)
        where T : struct
    {
        if (names.TryFind(value, out var known))
            return known;
        batch.Adjustments.UnknownValues++;
        return otherwise;
    }

    /// <summary>Fractions of a millisecond are rounded; what no long can hold becomes the nearest one that can.</summary>
    private static long Rounded(double value) => double.IsNaN(value) ? -1 : (long)Math.Round(Math.Clamp(value, -1e18, 1e18));
}

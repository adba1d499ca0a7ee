using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>What an event must say, and what must not contradict what.</summary>
internal static class EventRules
{
    public static void Check(ref DecodedEvent e, in Speaker speaker)
    {
        if (speaker.RejectCode is { } code)
            e.Reject(code, speaker.RejectMessage);
        if (e.RejectCode is not null)
            return;
        Required(ref e);
        Outcome(ref e);
        if (e.Row.ErrorKind == SyncErrorKind.None && e.Row.ErrorCode is not null)
            e.Row.ErrorKind = SyncErrorKind.Unknown;
    }

    /// <summary>A last success later than the event itself was measured by a clock that has since stepped back.</summary>
    public static DateTimeOffset? LastSuccess(DateTimeOffset value, DateTimeOffset eventAt, ref Adjustments adjustments)
    {
        if (value <= eventAt && value >= EventBounds.EarliestSuccess)
            return value;
        adjustments.Clamped++;
        return value > eventAt && value <= eventAt + EventLimits.MaxFuture ? eventAt : null;
    }

    /// <summary>A heartbeat and a reset are no attempts: they may leave out how the attempt went.</summary>
    private static void Required(ref DecodedEvent e)
    {
        if (!e.HasTimestamp)
            e.Reject(ReasonCodes.TimestampRequired, "timestamp is missing.");
        else if (!e.HasType)
            e.Reject(ReasonCodes.TypeRequired, "type is missing.");
        else if (!e.Row.IsAttempt)
            return;
        else if (e.Success is null)
            e.Reject(ReasonCodes.SuccessRequired, "success is missing.");
        else if (!e.HasDuration)
            e.Reject(ReasonCodes.DurationRequired, "durationMs is missing.");
    }

    private static void Outcome(ref DecodedEvent e)
    {
        ref var outcome = ref e.Row.Outcome;
        if (outcome == SyncOutcome.None)
            outcome = e.Success == true ? SyncOutcome.Success : SyncOutcome.Failure;
        else if (e.Success is { } success && success != (outcome is SyncOutcome.Success or SyncOutcome.Partial))
            e.Reject(ReasonCodes.InconsistentOutcome, $"success is {(success ? "true" : "false")}, but outcome is {Wire.Outcome.NameOf(outcome)}.");

        if (!e.Row.IsAttempt)
            outcome = SyncOutcome.None;
    }
}

using SyncHealth.Storage.Intake;

namespace SyncHealth.Dashboard.Intake;

/// <summary>Says what a loss means, and what to do about it.</summary>
public static class LossWords
{
    public static LossLine Describe(IntakeLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossLine(loss.Kind == "dropped" ? "on the device" : "in quarantine", loss.Reason, Meaning(loss.Reason), loss.Count, loss.LastAt);
    }

    /// <summary>What a reason code means; of the SDK's drops, of the quarantine and of refusals.</summary>
    public static string Meaning(string reason) => reason switch
    {
        "timestamp_out_of_range" => "The event claims a time more than 5 min ahead, or before what is kept: a wrong clock.",
        "queue_full" or "buffer_full" => "The SDK's buffer was full: the device was offline for longer than it holds. Raise the buffer's limit.",
        "too_old" or "expired" => "Older than the SDK keeps reports: the device was offline for longer.",
        "rejected" => "The server refused it when it was sent.",
        "timestamp_required" or "type_required" or "success_required" or "duration_required" => "A required field is missing: the sender has a defect.",
        "invalid_type" => "The event's type is none of the contract.",
        "duration_out_of_range" => "A negative duration: the sender measures with a clock that jumps.",
        "inconsistent_outcome" => "success and outcome contradict each other.",
        "invalid_field" => "A field is of the wrong kind.",
        "app_required" => "Neither the event nor the key names an app.",
        "app_mismatch" => "The event names another app than its key is for.",
        "device_erased" => "Its device or user was erased here: nothing of it is taken any more, and nothing is wrong.",
        _ => "",
    };
}

using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>
/// One value with the moment at which it was set: a merge keeps the later (RR-7506, specification 8), by a hybrid logical clock. Of two values set
/// meanwhile one is lost, and reported; several registers side by side lose nothing to each other.
/// </summary>
public sealed class LwwRegister : IReplicated<LwwRegister>
{
    private LwwRegister(string value, HybridStamp at) => (Value, At) = (value, at);

    /// <inheritdoc/>
    public static LwwRegister Empty { get; } = new("", HybridStamp.Start);

    /// <inheritdoc/>
    public static ConflictStrategy Strategy => ConflictStrategy.Lww;

    /// <summary>What was set last; empty before.</summary>
    public string Value { get; }

    /// <summary>When and where.</summary>
    public HybridStamp At { get; }

    /// <summary>Sets a value.</summary>
    /// <param name="device">Who sets it.</param>
    /// <param name="now">By that device's wall clock, right or wrong.</param>
    /// <param name="value">What.</param>
    /// <exception cref="InvalidOperationException">The wall clock has stood still for too many edits.</exception>
    public LwwRegister Set(string device, DateTimeOffset now, string value) => new(value, At.Next(now, device));

    /// <inheritdoc/>
    public LwwRegister Merge(LwwRegister other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var order = At.CompareTo(other.At);
        // Equal moments with different values come only from a cloned device; the value then decides, so that replicas still agree.
        return (order != 0 ? order : string.CompareOrdinal(Value, other.Value)) >= 0 ? this : other;
    }

    /// <inheritdoc/>
    public bool Keeps(LwwRegister part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Value == Value;
    }

    /// <inheritdoc/>
    public LwwRegister NotAfter(long millis) => new(Value, At.NotAfter(millis));

    /// <inheritdoc/>
    public string Encode() => JsonSerializer.Serialize(new RegisterForm(Value, At.Millis, At.Count, At.Device), ReplicatedJson.Default.RegisterForm);

    /// <inheritdoc/>
    public static bool TryDecode(string text, out LwwRegister state)
    {
        state = Empty;
        if (ReplicatedJson.Read(text, ReplicatedJson.Default.RegisterForm) is not { Value: { } value, At: >= 0, Count: >= 0 and <= HybridStamp.MaxCount, By: { } by } form)
            return false;
        state = new LwwRegister(value, new HybridStamp(form.At, form.Count, by));
        return true;
    }
}

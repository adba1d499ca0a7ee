using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Client.Sending;

/// <summary>What the server asks of its devices with a receipt. It holds until the next receipt, at most for <see cref="HoldsFor"/>.</summary>
/// <param name="Sample">Share of installs that record, 0 to 1.</param>
/// <param name="Interval">Least wait of an event for a fuller batch; zero leaves it to the app.</param>
/// <param name="Pause">Time until the next request; zero is none.</param>
internal sealed record ServerSettings(double Sample, TimeSpan Interval, TimeSpan Pause)
{
    /// <summary>An install that records nothing hears nothing: after a day it records again, and asks.</summary>
    internal static readonly TimeSpan HoldsFor = TimeSpan.FromDays(1);

    /// <summary>Longer ones would lose to <see cref="HoldsFor"/>.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Nothing is asked.</summary>
    internal static ServerSettings None { get; } = new(1, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Reads the <c>settings</c> of a receipt. What is missing or makes no sense is not asked.</summary>
    internal static ServerSettings Read(JsonElement receipt) => receipt.TryGetProperty("settings"u8, out var settings) && settings.ValueKind == JsonValueKind.Object
        ? new ServerSettings(Number(settings, "sample"u8, 1, 1), Seconds(settings, "intervalSeconds"u8), Seconds(settings, "pauseSeconds"u8))
        : None;

    /// <summary>Whether an install is among those that record. It always is for the same share, and for every larger one.</summary>
    internal bool Includes(string install)
    {
        if (Sample >= 1)
            return true;
        using var hash = SHA256.Create();
        // HashData does not exist on netstandard2.0.
#pragma warning disable CA1850
        var draw = BinaryPrimitives.ReadUInt32BigEndian(hash.ComputeHash(Encoding.UTF8.GetBytes(install)));
#pragma warning restore CA1850
        return draw < Sample * (1L << 32);
    }

    private static TimeSpan Seconds(JsonElement settings, ReadOnlySpan<byte> name) => TimeSpan.FromSeconds(Number(settings, name, 0, Longest.TotalSeconds));

    private static double Number(JsonElement settings, ReadOnlySpan<byte> name, double fallback, double most) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 ? Math.Min(number, most) : fallback;
}

using System.Globalization;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>What happened in a simulation, as one number (FNV-1a, 64 bits).</summary>
internal sealed class TraceHash
{
    private ulong _hash = 14695981039346656037;

    public void Add(string line)
    {
        foreach (var character in line)
            _hash = (_hash ^ character) * 1099511628211;
    }

    public override string ToString() => _hash.ToString("x16", CultureInfo.InvariantCulture);
}

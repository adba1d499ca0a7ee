using System.Security.Cryptography;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>
/// Feeds mutated inputs to a target and keeps those that make it do something new, so that later ones start from there.
/// An input that breaks the target is written beside the fixtures' folder, to become one.
/// </summary>
/// <param name="seeds">Valid inputs.</param>
/// <param name="target">Returns what it did, in few words: new words are worth keeping. Throws when a rule is broken.</param>
/// <param name="seed">Same seed, same inputs.</param>
internal sealed class Fuzzer(IReadOnlyList<byte[]> seeds, Func<byte[], string> target, int seed)
{
    /// <summary>Kept inputs; beyond it new ones replace old ones.</summary>
    private const int MaxKept = 1_000;

    /// <summary>Tries of an input that took long: one that is dear is dear each time, a busy machine is slow now and then.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(1);

    private readonly List<byte[]> _kept = [.. seeds];
    private readonly HashSet<string> _seen = [];
    private readonly Random _random = new(seed);

    /// <summary>Different things the target did.</summary>
    public int Behaviours => _seen.Count;

    /// <summary>Bytes of the inputs kept: this class's own part of the heap.</summary>
    public long KeptBytes => _kept.Sum(input => (long)input.Length);

    /// <summary>Longest time that one input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <exception cref="InvalidOperationException">An input broke a rule; the message has its file.</exception>
    public void Run(int inputs)
    {
        var mutator = new Mutator(_random);
        for (var i = 0; i < inputs; i++)
            Try(mutator.Mutate(_kept[_random.Next(_kept.Count)], _kept));
    }

    private void Try(byte[] input)
    {
        var (did, took) = Time(input);
        for (var again = 1; again < Tries && took > TooSlow; again++)
            took = Time(input).Took;
        Slowest = took > Slowest ? took : Slowest;
        if (took > TooSlow)
            throw new InvalidOperationException($"Seed {seed} made an input that takes {took.TotalSeconds:0.0} s; saved as {Save(input)}.");
        if (_seen.Add(did))
            Keep(input);
    }

    private (string Did, TimeSpan Took) Time(byte[] input)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            return (target(input), TimeProvider.System.GetElapsedTime(start));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed} made an input that breaks a rule; saved as {Save(input)}.", exception);
        }
    }

    private void Keep(byte[] input)
    {
        if (_kept.Count < MaxKept)
            _kept.Add(input);
        else
            _kept[seeds.Count + _random.Next(MaxKept - seeds.Count)] = input;
    }

    private static string Save(byte[] input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "crashers")).FullName;
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16] + ".bin");
        File.WriteAllBytes(path, input);
        return path;
    }
}

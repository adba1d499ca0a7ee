using FsCheck;
using FsCheck.Fluent;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>One step of a random session; each test reads the numbers its own way.</summary>
internal readonly record struct Step(int Kind, int Peer, int Place, int Size)
{
    /// <summary>What can fall out of <see cref="Kind"/>.</summary>
    public const int Kinds = 10;

    /// <summary>Sessions that shrink to the steps that matter.</summary>
    public static Arbitrary<Step[]> Sessions(int steps) => Arb.From(
        (from kind in Gen.Choose(0, Kinds - 1)
         from peer in Gen.Choose(0, 11)
         from place in Gen.Choose(0, 1 << 20)
         from size in Gen.Choose(0, 11)
         select new Step(kind, peer, place, size)).ArrayOf(steps),
        Shrink);

    private static IEnumerable<Step[]> Shrink(Step[] session)
    {
        for (var size = session.Length / 2; size > 0; size /= 2)
            for (var start = 0; start + size <= session.Length; start += size)
                yield return [.. session[..start], .. session[(start + size)..]];
    }
}

using System.Text;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>An element as the paper's message has it, with both origins so that readiness can be asked.</summary>
/// <param name="Id">Agent and sequence number; a sequence of numbers as in the document.</param>
/// <param name="Value">The code point.</param>
/// <param name="Left">The visible element to the left, null for the beginning.</param>
/// <param name="Right">The element after that, deleted or not, null for the end.</param>
/// <param name="IsLeftChild">Whether it hangs on the left side of <paramref name="Right"/> instead of the right side of <paramref name="Left"/>.</param>
internal sealed record ModelInsertion((ulong Agent, int Seq) Id, Rune Value, (ulong Agent, int Seq)? Left, (ulong Agent, int Seq)? Right, bool IsLeftChild);

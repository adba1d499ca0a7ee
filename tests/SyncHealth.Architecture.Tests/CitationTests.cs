using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Whoever doubts a figure can look its formula up: everything public of the statistics that computes names its source.</summary>
public sealed class CitationTests
{
    [Fact]
    public void Statistics_EveryPublicMemberThatComputes_CitesItsSource()
    {
        var citations = new Citations(
            Checkout.Sources.Where(source => source.Path.StartsWith("alerting/SyncHealth.Statistics/", StringComparison.Ordinal)).Select(source => source.Syntax),
            Checkout.Read("docs/statistics.md"));

        Assert.True(citations.Computing.Count > 80, $"{citations.Computing.Count} members compute: the test does not see the library.");
        Assert.Empty(citations.Missing());
    }

    [Theory]
    [InlineData("/// <summary>The interval.</summary>\n public static class A {\n /// <summary>Low.</summary>\n public static double Low(int n) => n; }", "A.Low")]
    [InlineData("/// <summary>The interval.</summary>\n public static class A {\n /// <summary>Low.</summary>\n /// <remarks>Wilson (1927).</remarks>\n public static double Low(int n) => n;\n /// <summary>High.</summary>\n public static double High(int n) => n; }", "A.High")]
    [InlineData("/// <summary>Sums.</summary>\n public record A(int N) {\n /// <summary>Half.</summary>\n public double Half => N / 2.0; }", "A.Half")]
    [InlineData("/// <summary>Sums, see <see cref=\"B\"/>.</summary>\n public record A(int N) { public static A operator +(A x, A y) => x; }\n /// <remarks>Wilson (1927).</remarks>\n public class B;", "A.+")]
    [InlineData("/// <remarks><see cref=\"B\"/>.</remarks>\n public class A { public A(int n) { } }\n /// <summary>Without a source.</summary>\n public class B;", "A.A")]
    [InlineData("/// <remarks>docs/statistics.md, \"no such section\".</remarks>\n public static class A { public static double Low(int n) => n; }", "A.Low")]
    [InlineData("/// <remarks>In 1927, and (2018).</remarks>\n public static class A { public static double Low(int n) => n; }", "A.Low")]
    public void Missing_NoSource_NamesTheMember(string source, string member) => Assert.Equal([member], Of(source).Missing());

    [Theory]
    [InlineData("/// <remarks>Wilson (1927).</remarks>\n public static class A { public static double Low(int n) => n; }")]
    [InlineData("/// <summary>Wang and Ramdas, arXiv:2009.02824.</summary>\n public static class A { public static double Low(int n) => n; }")]
    [InlineData("/// <remarks>As <see cref=\"B\"/>.</remarks>\n public static class A { public static double Low(int n) => n; }\n /// <remarks>By <see cref=\"C.Of\"/>.</remarks>\n public class B;\n /// <remarks>(Lehmann, 1975, section 1.4).</remarks>\n public class C;")]
    [InlineData("/// <remarks>docs/statistics.md, \"Many segments\".</remarks>\n public static class A { public static double Low(int n) => n; }")]
    [InlineData("/// <summary>A name.</summary>\n public record A(int N) { public string Name => \"n\" + N; public int Kept { get; init; } = 3; internal int Twice => 2 * N; }")]
    [InlineData("/// <summary>Not public.</summary>\n internal static class A { public static double Low(int n) => n; }")]
    public void Missing_SourceOrNothingComputed_IsNothing(string source) => Assert.Empty(Of(source).Missing());

    private static Citations Of(string source) => new(
        [(CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken)],
        "# Statistics\n\n## Many segments\n");
}

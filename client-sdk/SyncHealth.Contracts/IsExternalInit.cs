#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler emit <c>init</c> accessors and records for netstandard2.0, whose library lacks the type.</summary>
internal static class IsExternalInit;
#endif

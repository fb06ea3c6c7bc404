/*
 * Single instructions that C has no name for.  Only machine/ includes this.
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <stdint.h>

static inline void cpu_out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t cpu_in8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline uint64_t cpu_read_cr2(void)
{
	uint64_t value;

	__asm__ volatile("mov %%cr2, %0" : "=r"(value));
	return value;
}

static inline uint64_t cpu_read_cr3(void)
{
	uint64_t value;

	__asm__ volatile("mov %%cr3, %0" : "=r"(value));
	return value;
}

static inline void cpu_write_cr3(uint64_t value)
{
	__asm__ volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

static inline uint16_t cpu_task_register(void)
{
	uint16_t selector;

	__asm__ volatile("str %0" : "=r"(selector));
	return selector;
}

/* Counts cycles; under -icount, instructions. */
static inline uint64_t cpu_read_time_stamp(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

static inline uint64_t cpu_read_flags(void)
{
	uint64_t value;

	__asm__ volatile("pushfq; popq %0" : "=r"(value));
	return value;
}

/* What CPUID says about this subject in EAX (Intel SDM 2A). */
#define CPUID_ADDRESS_SIZES 0x80000008 /* in the lowest byte: physical bits */

static inline uint32_t cpu_cpuid(uint32_t subject)
{
	uint32_t b, c, d;

	__asm__("cpuid" : "+a"(subject), "=b"(b), "=c"(c), "=d"(d));
	return subject;
}

static inline void cpu_invalidate_page(uint64_t address)
{
	__asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static inline void cpu_halt(void)
{
	__asm__ volatile("cli; hlt" : : : "memory");
}

#endif
